package dev.apg.server.tenancy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes docs/permissions.md from the roles themselves, so that it cannot say anything else. */
public final class PermissionsDocument {
    private static final String TEAMS = """
            What somebody came in with may leave less than their role: a token's or client's scopes, those of an access token. Everything
            that they do has to be within them, also what they may do because they were given something or belong to a team. Who
            **maintains** a team says who belongs to it, whatever their role is; what they came in with needs the scope `team:administer`
            for that. A session has it, and so has a token without scopes; others get it by name, also where the role does not have it.
            An access token has it only if it is asked for (`scope=catalog:read team:administer`).

            """;

    private static final String REACHES = """
            ## When it counts

            What somebody may do when their request is **committed** counts, and not what they could do when it came. If their credential ended
            while the body was on its way or the write was waiting, the answer is 401; if their role, its permissions, their scopes or their teams
            became others, it is 409 `access.changed`, and the request may be sent again, to be judged by what holds now. Nothing was written in either
            case. Grants are read in the transaction that writes. What is taken from others meanwhile keeps nobody from what they may do; only where it goes on
            time and again while somebody's own request takes access from others, too, the answer is 503 `access.changing`.

            How: `tenant_cursor.access_seq` is the number of the last event after which somebody of the tenant may do other things. Whoever comes in
            carries it as it was when they were found out about. Every write takes that row last, and if the number is higher by then it reads anew who
            they are, while no other one can be committed.

            ## What a permission amounts to

            Nobody gives away, takes away or changes what may do more than they: a role, an account, a token or a client that has a permission
            which they lack. Only who may do all that tenant administrators may asks fewer people for a second factor,
            or adds to what counts as one that an identity provider has seen. Three permissions reach further than their names, nevertheless:

            - `team:administer` gives whoever has it the grants of **every** team, because they can add themselves: also on compositions that are
              hidden from others. Each time is in the audit log.
            - `tenant:administer` says by which policy everybody resolves, and how long the audit log is kept.
            - `account:administer` says by which identity providers people come in.

            """;

    private static final String GRANTS = """
            ## Grants

            Roles say what kind of work somebody does; grants say on which things. Without grants a capability or a composition is *open*:
            all of the tenant may do with it what their role permits. As soon as it has an owner it is *guarded*: a request needs the
            permission above **and** a grant. A grant is given to a team, a token, a client, a pipeline or an account, and who belongs to a team has
            what it was given, at once and on every node. Nothing else gives access, and a refusal says what would:
            `this needs capability:publish on payments, which team payments-core owns; you have capability:publish, but no grant on payments`.

            | level | on a capability | on a composition |
            |---|---|---|
            | no grant | read it | nothing: it is not there |
            | `read` | | read, resolve, validate and compare it; its revisions, locks and bundles |
            | `edit` | publish and import versions of it; change it, its status and its versions' states | change and freeze it |
            | `own` | say who else may; transfer it; open it | likewise, and delete it |

            - `capability:administer` and `composition:administer` pass every guard. Only who has them gives an owner to what is open and was
              not made just now: somebody else's work is not taken by being the first to claim it. Whoever makes something may name
              themselves or one of their teams as its owner at once (`owned_by`, `--owned-by`).
            - An owner may be several (`own` beside those who do). The last one's grant is not taken; a transfer replaces all of them.
            - What was given to a team that was deleted, or to a token that was revoked, is nobody's then, not everybody's. The list of grants
              says that it is `orphaned`, and administrators transfer it.
            - The describing field `owner` of what is open is a text that says whom to ask, and gives nobody anything. Of what is guarded it
              is the name of who owns it: only a transfer changes it, and one that a published document names is left out with a warning.
            - An import is refused as a whole, with each capability of others that it would change. What it would not change needs no
              grant.

            **A composition that one may not read** is answered like one that does not exist, `404` included, also for a name that is nearly
            its own. Lists and their counts leave it out. Events of it keep their place, time and type, and have nothing else. Impact
            counts it (`hidden`) by verdict, because what breaks breaks for all; what a purge erased of it is not listed to who may not read
            it. Four things do tell of it: its code is taken, so creating another one of that code is `409`; the numbers of the tenant
            (`GET /api/v1/tenant`) count it; the type of its events says that something happened; and the audit log shows everything to whoever
            has `audit:read`.

            **People and machines** are in the event log for whoever may list them. Of accounts, sessions, people's own tokens and identity
            providers others read place, time and type of what happened, unless they have `account:administer`; likewise of tokens, clients and
            pipelines without `token:administer`.

            An answer that was kept for an `Idempotency-Key` is not sent again after what somebody of the tenant may do was changed (other than by a grant on a
            capability, which everybody reads), and never to another member, or to the same one with other scopes.
            """;

    private PermissionsDocument() {}

    /** The page as Markdown. */
    public static String markdown() {
        List<Role> roles = Stream.concat(Role.OF_TENANTS.stream(), Stream.of(Role.PLATFORM))
                .toList();
        return """
                # Permissions

                <!-- Made by `make generate` from dev.apg.server.tenancy.Role. -->

                An account, a token and a client have one role; a pipeline has none, and publishes ([pipelines.md](pipelines.md)). What the role does
                not permit is refused with 403 `permission.denied`, which says what the request needs and what its sender has, and is written to the
                audit log.

                The roles below are in every tenant. Whoever has `role:administer` makes more, of permissions that they have themselves
                (`apg role create`, `POST /api/v1/roles`); they are given like the others, by identity providers too, a change of one takes effect
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

                """
                + TEAMS
                + REACHES
                + GRANTS;
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
