package dev.apg.server.issuer;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A token that its issuer signed, for us, and that holds now.
 *
 * @param claims all that it says; values are texts, numbers, truth values, lists and maps of them
 */
public record IdentityToken(String issuer, String subject, Instant expiresAt, Map<String, Object> claims) {
    public IdentityToken {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** What stands there as text; lists and maps have none. */
    public Optional<String> text(String claim) {
        return switch (claims.get(claim)) {
            case String text -> Optional.of(text);
            case Number number -> Optional.of(number.toString());
            case Boolean truth -> Optional.of(truth.toString());
            case null, default -> Optional.empty();
        };
    }

    /** The texts of a list; of a single text, that one. */
    public List<String> texts(String claim) {
        return claims.get(claim) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : text(claim).stream().toList();
    }

    /** Whom it is about, without what else it says: this may end up in a log. */
    @Override
    public String toString() {
        return "token of " + issuer;
    }
}
