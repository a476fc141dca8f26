package dev.apg.server.identity;

import dev.apg.server.account.IdentityLogins.Identity;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a provider says of a person, proven to be of the provider.
 *
 * @param subject what it calls them
 */
record Said(String subject, Map<String, Object> claims) {
    private static final String VERIFIED = "email_verified";

    /** From there on letters have lower cases that are letters of ASCII. */
    private static final int FIRST_NOT_ASCII = 0x80;

    Said {
        Map<String, Object> said = new HashMap<>(claims);
        // Some say of what they do not know that it is null.
        said.values().removeIf(Objects::isNull);
        claims = Map.copyOf(said);
    }

    /** With what is said elsewhere, where nothing is said here. Whether an address is verified says only who says the address. */
    Said or(Map<String, Object> others, ProviderRules.Claims names) {
        Map<String, Object> all = new HashMap<>(others);
        all.putAll(claims);
        Map<String, Object> ofAddress = claims.containsKey(names.email()) ? claims : others;
        all.put(VERIFIED, ofAddress.get(VERIFIED));
        return new Said(subject, all);
    }

    /** Whether something that the rules ask for is not said. */
    boolean lacks(ProviderRules rules) {
        return !claims.containsKey(rules.claims().email())
                || rules.decidesRoles() && !claims.containsKey(rules.claims().groups());
    }

    Identity identity(ProviderRow provider) {
        ProviderRules.Claims names = provider.rules().claims();
        return new Identity(
                provider.id(), provider.edition(), subject, text(names.email()), isVerified(names), text(names.name()));
    }

    /** What the provider says of the standard claim, it says of no other one. */
    private boolean isVerified(ProviderRules.Claims names) {
        return names.email().equals(ProviderRules.Claims.EMAIL) && isTrue(VERIFIED);
    }

    /** Whether the address is of one of the domains; one of which the provider says that it is not verified is of none. */
    boolean isOf(List<String> domains, ProviderRules.Claims names) {
        if (domains.isEmpty()) {
            return true;
        }
        boolean doubted = claims.containsKey(VERIFIED) && !isTrue(VERIFIED);
        return !doubted
                && text(names.email())
                        .filter(email -> email.chars().allMatch(c -> c < FIRST_NOT_ASCII))
                        .map(email -> email.strip().toLowerCase(Locale.ROOT))
                        .filter(email -> domains.contains(email.substring(email.lastIndexOf('@') + 1)))
                        .isPresent();
    }

    Set<String> groups(ProviderRules.Claims names) {
        return texts(names.groups());
    }

    boolean showsOneOf(List<String> secondFactors) {
        return Stream.concat(texts("amr").stream(), texts("acr").stream()).anyMatch(secondFactors::contains);
    }

    private boolean isTrue(String claim) {
        // Some write it as a text.
        Object value = claims.get(claim);
        return Boolean.TRUE.equals(value) || "true".equals(value);
    }

    private Optional<String> text(String claim) {
        return claims.get(claim) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private Set<String> texts(String claim) {
        Set<String> texts = new LinkedHashSet<>();
        switch (claims.get(claim)) {
            case String text -> texts.add(text);
            case Collection<?> list ->
                list.forEach(element -> {
                    if (element instanceof String text) {
                        texts.add(text);
                    }
                });
            case null, default -> {}
        }
        return texts;
    }
}
