package dev.apg.server;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Each package below this one is a feature: others may use its public types only, and there are no cycles. */
class ModularityTests {
    @Test
    void features_use_only_each_others_public_types_and_form_no_cycle() {
        ApplicationModules.of(ApgServer.class).verify();
    }
}
