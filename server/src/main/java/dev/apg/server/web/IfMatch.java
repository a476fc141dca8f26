package dev.apg.server.web;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header {@code If-Match} of a change. A controller method that has it as an argument answers 428 when the header
 * is missing. {@code *} is accepted: it says that any present edition may be overwritten.
 *
 * @param tags the entity tags with their quotes, as they were sent; weak ones never match
 */
public record IfMatch(Set<String> tags) {
    private static final Pattern LIST = Pattern.compile(
            "\\*|\\s*(?:W/)?\"[\\x21\\x23-\\x7e]{0,100}\"(?:\\s*,\\s*(?:W/)?\"[\\x21\\x23-\\x7e]{0,100}\"){0,9}\\s*");

    public IfMatch {
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }

    static IfMatch parse(String header) {
        if (!LIST.matcher(header).matches()) {
            throw Rejection.malformed("precondition.malformed", "If-Match", header, "entity tags such as \"7\", or *");
        }
        return new IfMatch(Arrays.stream(header.split(","))
                .map(String::strip)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /**
     * Refuses a change to anything but the present edition.
     *
     * @throws Rejection 412 {@code precondition.failed}, if none of the tags is the present edition's
     */
    public void check(long present) {
        if (!tags.contains("*") && tags.stream().noneMatch(tag -> EntityTags.isOf(tag, present))) {
            throw Rejection.stale("If-Match: %s (expected: %s, the present edition)"
                    .formatted(Rejection.shortened(String.join(", ", tags)), EntityTags.of(present)));
        }
    }
}
