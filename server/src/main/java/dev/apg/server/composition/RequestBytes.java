package dev.apg.server.composition;

import dev.apg.resolver.Mark;
import dev.apg.resolver.Objective;
import dev.apg.resolver.Policy;
import dev.apg.resolver.Request;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target;
import dev.apg.resolver.version.SemVer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a revision asks of the resolver, with its lock as the previous one: the column {@code revision.request}. One question
 * may read thousands of them, so they are short, and nothing has to be looked up for them.
 *
 * <p>A number has seven bits in a byte, the lowest first, and the eighth bit if there are more; a text is UTF-8 behind its
 * length, a list its items behind their number. The policy as bits and a list of its objectives, then four lists of texts:
 * roots and exclusions ({@code c} or {@code s} for a capability or a service, code, line feed, range), pins and the lock
 * (code, line feed, number). Another form would be another column.
 */
final class RequestBytes {
    /** Ends a code in a text. */
    static final char SEPARATOR = '\n';

    /** What a root or an exclusion begins with. */
    static final char SERVICE = 's';

    private static final char CAPABILITY = 'c';

    /** Beside the bits of what is accepted. */
    private static final int PRERELEASES = 1;

    private final byte[] bytes;
    private int at;

    private RequestBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    static byte[] write(Request request) {
        var out = new ByteArrayOutputStream();
        Policy policy = request.policy();
        int bits = policy.prereleases() ? PRERELEASES : 0;
        for (Mark mark : policy.accepted()) {
            bits |= bit(mark);
        }
        write(out, bits);
        write(out, policy.objectives().size());
        policy.objectives().forEach(objective -> write(out, number(objective)));
        write(out, request.roots().stream().map(root -> text(root.target())).toList());
        write(out, request.exclusions().stream().map(RequestBytes::text).toList());
        write(out, texts(request.pins()));
        write(out, texts(request.previous()));
        return out.toByteArray();
    }

    /** @param shared makes one object of equal texts */
    static Request read(byte[] bytes, SharedValues shared) {
        var in = new RequestBytes(bytes);
        Policy policy = in.policy();
        List<Root> roots = in.list(shared::root);
        List<Target> exclusions =
                in.list(shared::root).stream().map(Root::target).toList();
        Map<String, SemVer> pins = in.versions(shared);
        Map<String, SemVer> lock = in.versions(shared);
        return new Request(roots, exclusions, pins, lock, Set.of(), shared.policy(policy), Request.DEFAULT_STEP_BUDGET);
    }

    private Policy policy() {
        int bits = number();
        List<Objective> objectives = new ArrayList<>();
        for (int left = number(); left > 0; left--) {
            objectives.add(objective(number()));
        }
        Set<Mark> accepted = EnumSet.noneOf(Mark.class);
        for (Mark mark : Mark.values()) {
            if ((bits & bit(mark)) != 0) {
                accepted.add(mark);
            }
        }
        return new Policy(objectives, (bits & PRERELEASES) != 0, accepted);
    }

    private <T> List<T> list(Function<String, T> value) {
        int count = number();
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(value.apply(text()));
        }
        return list;
    }

    // Without a map in between that would be thrown away.
    private Map<String, SemVer> versions(SharedValues shared) {
        int count = number();
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map.Entry<String, SemVer>[] entries = new Map.Entry[count];
        for (int i = 0; i < count; i++) {
            entries[i] = shared.version(text());
        }
        return Map.ofEntries(entries);
    }

    private int number() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = bytes[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private String text() {
        int length = number();
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    private static void write(ByteArrayOutputStream out, int number) {
        int left = number;
        while (left > 0x7f) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }

    private static void write(ByteArrayOutputStream out, Collection<String> texts) {
        write(out, texts.size());
        for (String text : texts) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            write(out, encoded.length);
            out.writeBytes(encoded);
        }
    }

    private static String text(Target target) {
        char kind = target.kind() == Target.Kind.SERVICE ? SERVICE : CAPABILITY;
        return kind + target.code() + SEPARATOR + target.range().text();
    }

    private static List<String> texts(Map<String, SemVer> versions) {
        return new TreeMap<>(versions)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + SEPARATOR + entry.getValue())
                        .toList();
    }

    private static int bit(Mark mark) {
        return switch (mark) {
            case YANKED -> 2;
            case DEPRECATED -> 4;
            case RETIRED -> 8;
            case UNAPPROVED -> 16;
        };
    }

    private static int number(Objective objective) {
        return switch (objective) {
            case MINIMAL_CHANGE -> 0;
            case FEWEST -> 1;
            case CHEAPEST -> 2;
        };
    }

    private static Objective objective(int number) {
        return Arrays.stream(Objective.values())
                .filter(objective -> number(objective) == number)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an objective of number " + number + " is stored"));
    }
}
