package dev.apg.server.composition;

import dev.apg.resolver.Policy;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One object for equal codes, numbers and ranges, because the revisions of a tenant are about the same ones. */
final class SharedValues {
    /** What a value takes with the text by which it is found. */
    private static final int BYTES = 250;

    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final Map<String, SemVer> numbers = new ConcurrentHashMap<>();
    private final Map<String, VersionRange> ranges = new ConcurrentHashMap<>();
    private final Map<String, Root> roots = new ConcurrentHashMap<>();
    private final Map<String, Map.Entry<String, SemVer>> versions = new ConcurrentHashMap<>();
    private final Map<Policy, Policy> policies = new ConcurrentHashMap<>();

    /** @param text as {@link RequestBytes} has it: code, line feed, number */
    Map.Entry<String, SemVer> version(String text) {
        return value(versions, text, absent -> {
            int end = absent.indexOf(RequestBytes.SEPARATOR);
            return Map.entry(
                    value(codes, absent.substring(0, end), Function.identity()),
                    value(numbers, absent.substring(end + 1), SemVer::parse));
        });
    }

    /** @param text as {@link RequestBytes} has it: kind, code, line feed, range */
    Root root(String text) {
        return value(roots, text, absent -> {
            int end = absent.indexOf(RequestBytes.SEPARATOR);
            String code = value(codes, absent.substring(1, end), Function.identity());
            VersionRange range = value(ranges, absent.substring(end + 1), VersionRange::parse);
            return new Root(
                    absent.charAt(0) == RequestBytes.SERVICE
                            ? Target.service(code, range)
                            : Target.capability(code, range));
        });
    }

    Policy policy(Policy policy) {
        return value(policies, policy, Function.identity());
    }

    /** About how much memory all of them take. */
    long bytes() {
        return (long) BYTES
                * (codes.size() + numbers.size() + ranges.size() + roots.size() + versions.size() + policies.size());
    }

    /** Most are there, and are found without a lock. */
    private static <K, V> V value(Map<K, V> values, K key, Function<K, V> make) {
        V value = values.get(key);
        return value == null ? values.computeIfAbsent(key, make) : value;
    }
}
