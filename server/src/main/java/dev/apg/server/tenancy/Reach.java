package dev.apg.server.tenancy;

import dev.apg.server.platform.Glob;
import java.util.List;

/** Which capabilities an actor may publish, of all that its role, its scopes and the grants leave. */
public record Reach(List<Glob> capabilities) {
    private static final int MOST_TOLD = 5;

    public Reach {
        capabilities = List.copyOf(capabilities);
    }

    public static Reach of(List<String> patterns) {
        return new Reach(patterns.stream().map(Glob::new).toList());
    }

    public boolean covers(String capability) {
        return capabilities.stream().anyMatch(glob -> glob.matches(capability));
    }

    /** For people: {@code cart, payments-*}. */
    @Override
    public String toString() {
        String first = String.join(
                ", ", capabilities.stream().limit(MOST_TOLD).map(Glob::text).toList());
        return capabilities.size() > MOST_TOLD
                ? "%s and %d more".formatted(first, capabilities.size() - MOST_TOLD)
                : first;
    }
}
