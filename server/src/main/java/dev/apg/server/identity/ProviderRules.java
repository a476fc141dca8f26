package dev.apg.server.identity;

import dev.apg.contract.identity.AccountRules;
import dev.apg.contract.identity.ClaimNames;
import dev.apg.contract.identity.GroupRole;
import dev.apg.contract.identity.RolesByGroup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a provider, and what follows from its answers.
 *
 * @param scopes what is asked for beside {@code openid}
 * @param byGroup roles of groups, the first that fits; with none here, administrators say which role an account has
 * @param otherwise the role of whoever is in none of them; empty: they do not come in
 * @param creates whether accounts are made
 * @param links whether somebody gets the account that has their verified address
 * @param domains those of which an address has to be; none: of any
 * @param secondFactors values of {@code amr} and {@code acr} that count as a second factor
 */
record ProviderRules(
        List<String> scopes,
        Claims claims,
        List<GroupRole> byGroup,
        Optional<String> otherwise,
        boolean creates,
        boolean links,
        List<String> domains,
        List<String> secondFactors) {
    private static final String OPENID = "openid";
    private static final List<String> SCOPES = List.of("email", "profile");

    ProviderRules {
        scopes = List.copyOf(scopes);
        byGroup = List.copyOf(byGroup);
        domains = List.copyOf(domains);
        secondFactors = List.copyOf(secondFactors);
    }

    /** What the provider calls that which it says of a person. */
    record Claims(String email, String name, String groups) {
        static final String EMAIL = "email";

        static Claims of(@Nullable ClaimNames names) {
            return names == null
                    ? new Claims(EMAIL, "name", "groups")
                    : new Claims(
                            Objects.requireNonNullElse(names.email(), EMAIL),
                            Objects.requireNonNullElse(names.name(), "name"),
                            Objects.requireNonNullElse(names.groups(), "groups"));
        }

        ClaimNames wire() {
            return new ClaimNames(email, name, groups);
        }
    }

    /** As a request says it, or the database; what is left out is as it is for most. */
    static ProviderRules of(
            @Nullable List<String> scopes,
            @Nullable ClaimNames claims,
            @Nullable RolesByGroup roles,
            @Nullable AccountRules accounts,
            @Nullable List<String> secondFactors) {
        return new ProviderRules(
                Objects.requireNonNullElse(scopes, SCOPES),
                Claims.of(claims),
                roles == null ? List.of() : Objects.requireNonNullElse(roles.byGroup(), List.of()),
                Optional.ofNullable(roles).map(RolesByGroup::otherwise),
                accounts == null || !Boolean.FALSE.equals(accounts.create()),
                accounts != null && Boolean.TRUE.equals(accounts.link()),
                accounts == null ? List.of() : Objects.requireNonNullElse(accounts.emailDomains(), List.of()),
                Objects.requireNonNullElse(secondFactors, List.of()));
    }

    RolesByGroup roles() {
        return new RolesByGroup(byGroup, otherwise.orElse(null));
    }

    AccountRules accounts() {
        return new AccountRules(creates, links, domains);
    }

    /** The roles that somebody may come by, each with the field that says so. */
    Stream<Given> given() {
        return Stream.concat(
                Stream.iterate(0, i -> i < byGroup.size(), i -> i + 1)
                        .map(i -> new Given(
                                "roles.by_group[%d].role".formatted(i),
                                byGroup.get(i).role())),
                otherwise.stream().map(role -> new Given("roles.otherwise", role)));
    }

    record Given(String field, String role) {}

    /** The role of somebody who belongs to these groups; empty, if they do not come in. */
    Optional<String> role(Set<String> groups) {
        return byGroup.stream()
                .filter(mapping -> groups.contains(mapping.group()))
                .map(GroupRole::role)
                .findFirst()
                .or(() -> otherwise);
    }

    /** Whether the provider says at each login which role somebody has. */
    boolean decidesRoles() {
        return !byGroup.isEmpty();
    }

    /** What the authorization request asks for. */
    String scope() {
        Set<String> all = new LinkedHashSet<>(List.of(OPENID));
        all.addAll(scopes);
        return String.join(" ", all);
    }
}
