package dev.apg.server.composition;

import dev.apg.resolver.Policy;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** One object for equal codes, numbers and ranges, because the revisions of a tenant are about the same ones. */
final class SharedValues {
    /** What a value takes beside its texts. */
    private static final int BYTES = 250;

    /** What a bound of a range takes: a number, which is a pre-release most of the time. */
    private static final int BYTES_OF_BOUND = 110;

    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Map<String, SemVer> numbers = new ConcurrentHashMap<>();
    private final Map<String, VersionRange> ranges = new ConcurrentHashMap<>();
    private final Map<String, Root> roots = new ConcurrentHashMap<>();
    private final Map<String, Map.Entry<String, SemVer>> versions = new ConcurrentHashMap<>();
    private final Map<Policy, Policy> policies = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    /** @param text as {@link RequestBytes} has it: code, line feed, number */
    Map.Entry<String, SemVer> version(String text) {
        return value(versions, text, absent -> {
            int end = absent.indexOf(RequestBytes.SEPARATOR);
            bytes.addAndGet(BYTES + absent.length());
            return Map.entry(code(absent.substring(0, end)), number(absent.substring(end + 1)));
        });
    }

    /** @param text as {@link RequestBytes} has it: kind, code, line feed, range */
    Root root(String text) {
        return value(roots, text, absent -> {
            int end = absent.indexOf(RequestBytes.SEPARATOR);
            String code = code(absent.substring(1, end));
            VersionRange range = range(absent.substring(end + 1));
            bytes.addAndGet(BYTES + absent.length());
            return new Root(
                    absent.charAt(0) == RequestBytes.SERVICE
                            ? Target.service(code, range)
                            : Target.capability(code, range));
        });
    }

    Policy policy(Policy policy) {
        return value(policies, policy, absent -> {
            bytes.addAndGet(BYTES);
            return absent;
        });
    }

    private String code(String text) {
        return value(codes, text, absent -> {
            bytes.addAndGet(BYTES + absent.length());
            return absent;
        });
    }

    private SemVer number(String text) {
        return value(numbers, text, absent -> {
            // Of a pre-release there is a copy in the number.
            bytes.addAndGet(BYTES + 2L * absent.length());
            return SemVer.parse(absent);
        });
    }

    private VersionRange range(String text) {
        return value(ranges, text, absent -> {
            VersionRange range = VersionRange.parse(absent);
            // Pre-releases are copied to the bounds, of which each comparator has two at most, in both ways to read it.
            bytes.addAndGet(BYTES + 5L * absent.length() + (long) BYTES_OF_BOUND * range.bounds());
            return range;
        });
    }

    /** About how much memory all of them take. */
    long bytes() {
        return bytes.get();
    }

    /** Most are there, and are found without a lock. */
    private static <K, V> V value(Map<K, V> values, K key, Function<K, V> make) {
        V value = values.get(key);
        return value == null ? values.computeIfAbsent(key, make) : value;
    }
}
