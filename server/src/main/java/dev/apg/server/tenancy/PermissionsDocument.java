package dev.apg.server.tenancy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes docs/permissions.md from the roles themselves, so that it cannot say anything else. */
public final class PermissionsDocument {
    private PermissionsDocument() {}

    /** The page as Markdown. */
    public static String markdown() {
        List<Role> roles = List.of(Role.values());
        return """
                # Permissions

                <!-- Made by `make generate` from dev.apg.server.tenancy.Role. -->

                A token has one role. What its role does not permit is refused with 403 `permission.denied`, which says what it needs and
                what it has, and is written to the audit log.

                """
                + "| action | may | "
                + roles.stream().map(role -> "`" + role.wire() + "`").collect(Collectors.joining(" | "))
                + " |\n|---|---|"
                + ":-:|".repeat(roles.size())
                + "\n"
                + Arrays.stream(Permission.values())
                        .map(permission -> row(permission, roles))
                        .collect(Collectors.joining())
                + """

                The role `platform` is no token's: it is whoever has the platform's key ([tenants.md](tenants.md)).
                """;
    }

    private static String row(Permission permission, List<Role> roles) {
        return "| `%s` | %s | %s |%n"
                .formatted(
                        permission.wire(),
                        permission.meaning(),
                        roles.stream()
                                .map(role -> role.permits(permission) ? "✓" : "")
                                .collect(Collectors.joining(" | ")));
    }
}
