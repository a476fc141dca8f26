package dev.apg.server.tenancy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes docs/permissions.md from the roles themselves, so that it cannot say anything else. */
public final class PermissionsDocument {
    private PermissionsDocument() {}

    /** The page as Markdown. */
    public static String markdown() {
        List<Role> roles = Stream.concat(Role.OF_TENANTS.stream(), Stream.of(Role.PLATFORM))
                .toList();
        return """
                # Permissions

                <!-- Made by `make generate` from dev.apg.server.tenancy.Role. -->

                A token and a client have one role. What it does not permit is refused with 403 `permission.denied`, which says what the
                request needs and what its sender has, and is written to the audit log.

                The roles below are in every tenant. Whoever has `role:administer` makes more, of permissions that they have themselves
                (`apg role create`, `POST /api/v1/roles`); they are given to tokens and clients like the others, a change of one takes effect
                at once on every node, and one that somebody has is not deleted. A tenant has at most 100 of its own.

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
