package dev.apg.resolver;

import java.util.Objects;

/**
 * Which chosen version meets a need.
 *
 * @param target the target of the any-of group that {@code provider} meets
 */
public record Binding(Link need, Target target, ExactVersion provider) {
    public Binding {
        Objects.requireNonNull(need, "need");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(provider, "provider");
    }
}
