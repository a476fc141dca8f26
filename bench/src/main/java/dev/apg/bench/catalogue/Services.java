package dev.apg.bench.catalogue;

import dev.apg.resolver.version.SemVer;

/**
 * Which capabilities provide which services. A service has two to four providers that stand side by side below the
 * applications, so that both directions can be computed without a table.
 */
final class Services {
    /** One service for this many capabilities. */
    private static final int CAPABILITIES_PER_SERVICE = 50;

    private final long seed;
    private final int services;
    private final int providersEnd;

    Services(int capabilities, Layers layers, long seed) {
        this.seed = seed;
        this.services = Math.max(1, capabilities / CAPABILITIES_PER_SERVICE);
        this.providersEnd = Math.max(1, layers.firstApplication());
    }

    int count() {
        return services;
    }

    /** The index of a service's first provider. */
    int firstProvider(int service) {
        return (int) ((long) service * providersEnd / services);
    }

    /** The index after a service's last provider. */
    int providersEnd(int service) {
        int providers = 2 + new Dice(seed, "providers", service).below(3);
        int next = service + 1 == services ? providersEnd : firstProvider(service + 1);
        return Math.min(firstProvider(service) + providers, next);
    }

    /** The service whose providers stand at or before a capability. */
    int nearest(int capability) {
        int service = (int) Math.min(services - 1L, (long) capability * services / providersEnd);
        // Both divisions round down, so the next service may start here already.
        return service + 1 < services && firstProvider(service + 1) <= capability ? service + 1 : service;
    }

    /** The service that a capability provides, or -1. */
    int providedBy(int capability) {
        if (capability >= providersEnd) {
            return -1;
        }
        int service = nearest(capability);
        return capability < providersEnd(service) ? service : -1;
    }

    /** The service's own version that a provider's release offers: all providers keep step. */
    static SemVer offered(int release) {
        return SemVer.of(1, release / 2, 0);
    }
}
