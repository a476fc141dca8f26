package dev.apg.server.tenancy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An action that a role may or may not do. */
public enum Permission {
    CATALOG_READ,
    CAPABILITY_PUBLISH,
    CAPABILITY_EDIT,
    CAPABILITY_PURGE,
    COMPOSITION_READ,
    COMPOSITION_EDIT,
    COMPOSITION_FREEZE,
    AUDIT_READ,
    TOKEN_ADMINISTER;

    /** The spelling in messages and scopes: {@code capability:publish}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    public static Optional<Permission> parse(String wire) {
        return Arrays.stream(values())
                .filter(permission -> permission.wire().equals(wire))
                .findFirst();
    }
}
