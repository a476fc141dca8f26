package dev.apg.server.tenancy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An action that a role may or may not do. */
public enum Permission {
    CATALOG_READ("read capabilities, versions, services, the graph; search; ask what a change would mean"),
    CAPABILITY_PUBLISH("register capabilities and services, publish and import versions"),
    CAPABILITY_EDIT("describe and hand over capabilities; change their status; deprecate, yank and restore versions"),
    CAPABILITY_PURGE("purge versions"),
    CAPABILITY_ADMINISTER("change capabilities whoever owns them, and give them to others"),
    COMPOSITION_READ("read, resolve, validate, explain and compare compositions; fetch locks and bundles"),
    COMPOSITION_EDIT("make, describe, change and delete compositions"),
    COMPOSITION_FREEZE("freeze revisions"),
    COMPOSITION_ADMINISTER("read and change compositions whoever owns them, and give them to others"),
    AUDIT_READ("search, export and verify the audit log"),
    ACCOUNT_ADMINISTER(
            "invite, list, change, disable and remove accounts, end their sessions; say how people come in, and by whom"),
    TOKEN_ADMINISTER("issue, list and revoke tokens, clients and pipelines"),
    ROLE_ADMINISTER("make, change and delete roles"),
    TEAM_ADMINISTER("make, describe and delete teams; say who belongs to them"),

    TENANT_ADMINISTER(
            "say how the tenant works (its settings); export everything that it has, if one may read all of it"),

    /** Of nobody in a tenant: of whoever runs the installation. */
    PLATFORM_ADMINISTER("make, bound, suspend, delete, list and export tenants");

    private final String meaning;

    Permission(String meaning) {
        this.meaning = meaning;
    }

    /** The spelling in messages and scopes: {@code capability:publish}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    public static Optional<Permission> parse(String wire) {
        return Arrays.stream(values())
                .filter(permission -> permission.wire().equals(wire))
                .findFirst();
    }

    /** What whoever has it may do, for people. */
    String meaning() {
        return meaning;
    }
}
