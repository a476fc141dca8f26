package dev.apg.contract.capability;

import org.jspecify.annotations.Nullable;

/**
 * Something that was accepted and that the publisher should know.
 *
 * @param source the file or document of a batch, if there is one
 * @param line the line in it, from 1
 * @param capability whose version it is about, if it is about one
 * @param field a dotted path such as {@code runtime.image}
 * @param code stable, dotted: {@code image.not_pinned}
 */
public record Warning(
        @Nullable String source,
        @Nullable Integer line,
        @Nullable String capability,
        @Nullable String version,
        String field,
        String message,
        String code) {}
