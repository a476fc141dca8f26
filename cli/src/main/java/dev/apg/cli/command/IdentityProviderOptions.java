package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.contract.identity.AccountRules;
import dev.apg.contract.identity.ClaimNames;
import dev.apg.contract.identity.GroupRole;
import dev.apg.contract.identity.RolesByGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said of a provider when it is added and later. */
final class IdentityProviderOptions {
    @Option(names = "--name", paramLabel = "TEXT", description = "As people read it who come in.")
    @Nullable
    String name;

    @Option(names = "--scope", paramLabel = "SCOPE", description = "Asked for beside openid; may be repeated.")
    @Nullable
    List<String> scopes;

    @Option(names = "--email-claim", paramLabel = "CLAIM", description = "Where the address stands: email.")
    @Nullable
    String emailClaim;

    @Option(names = "--name-claim", paramLabel = "CLAIM", description = "Where the name stands: name.")
    @Nullable
    String nameClaim;

    @Option(names = "--groups-claim", paramLabel = "CLAIM", description = "Where the groups stand: groups.")
    @Nullable
    String groupsClaim;

    @Option(
            names = "--group",
            paramLabel = "GROUP=ROLE",
            description = "The role of whoever is in the group; may be repeated, the first one that fits holds.")
    @Nullable
    List<String> groups;

    @Option(
            names = "--otherwise",
            paramLabel = "ROLE",
            completionCandidates = TokenCommand.Roles.class,
            description = "The role of whoever is in none of the groups; without it they do not come in.")
    @Nullable
    String otherwise;

    @Option(
            names = "--create-accounts",
            negatable = true,
            description = "Whether accounts are made for people who have none: they are.")
    @Nullable
    Boolean createAccounts;

    @Option(
            names = "--link-accounts",
            negatable = true,
            description = "Whether people get the account that has their verified address: they do not.")
    @Nullable
    Boolean linkAccounts;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "Of which addresses have to be; may be repeated.")
    @Nullable
    List<String> domains;

    @Option(
            names = "--second-factor",
            paramLabel = "VALUE",
            description = "Of amr or acr that counts as a second factor, such as mfa; may be repeated.")
    @Nullable
    List<String> secondFactors;

    /** Nothing if nothing of it is said; what of it is left out then, is as it was before. */
    @Nullable
    ClaimNames claims(@Nullable ClaimNames before) {
        if (emailClaim == null && nameClaim == null && groupsClaim == null) {
            return null;
        }
        return before == null
                ? new ClaimNames(emailClaim, nameClaim, groupsClaim)
                : new ClaimNames(
                        emailClaim == null ? before.email() : emailClaim,
                        nameClaim == null ? before.name() : nameClaim,
                        groupsClaim == null ? before.groups() : groupsClaim);
    }

    @Nullable
    RolesByGroup roles(@Nullable RolesByGroup before) {
        if (groups == null && otherwise == null) {
            return null;
        }
        List<GroupRole> mapped = groups == null
                ? null
                : groups.stream().map(IdentityProviderOptions::mapping).toList();
        return before == null
                ? new RolesByGroup(mapped, otherwise)
                : new RolesByGroup(
                        mapped == null ? before.byGroup() : mapped, otherwise == null ? before.otherwise() : otherwise);
    }

    private static GroupRole mapping(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--group: %s (expected: GROUP=ROLE, such as engineers=capability_developer)".formatted(text));
        }
        return new GroupRole(text.substring(0, equals), text.substring(equals + 1));
    }

    @Nullable
    AccountRules accounts(@Nullable AccountRules before) {
        if (createAccounts == null && linkAccounts == null && domains == null) {
            return null;
        }
        return before == null
                ? new AccountRules(createAccounts, linkAccounts, domains)
                : new AccountRules(
                        createAccounts == null ? before.create() : createAccounts,
                        linkAccounts == null ? before.link() : linkAccounts,
                        domains == null ? before.emailDomains() : domains);
    }
}
