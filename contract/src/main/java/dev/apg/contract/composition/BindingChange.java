package dev.apg.contract.composition;

import org.jspecify.annotations.Nullable;

/**
 * A need that another capability meets in one of two locks, or that only one of them has.
 *
 * @param consumer absent if the draft itself asks for it
 * @param requirement its name; the code of the service if the draft asks for it
 * @param from who met it before; absent if the need is new
 * @param to who meets it after; absent if the need is gone
 * @param sentence the same for people
 */
public record BindingChange(
        @Nullable String consumer,
        String requirement,
        @Nullable String from,
        @Nullable String to,
        String sentence) {}
