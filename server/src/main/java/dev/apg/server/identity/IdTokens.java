package dev.apg.server.identity;

import com.nimbusds.jwt.SignedJWT;
import dev.apg.server.issuer.IdentityToken;
import dev.apg.server.issuer.IssuerException;
import dev.apg.server.issuer.Issuers;
import dev.apg.server.web.Rejection;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether an ID token is the provider's word for this login (OpenID Connect Core 1.0). */
@Component
class IdTokens {
    /** OpenID Connect Core 1.0, section 2. */
    private static final int LONGEST_SUBJECT = 255;

    private final Issuers issuers;

    IdTokens(Issuers issuers) {
        this.issuers = issuers;
    }

    /**
     * Whom the token of an answer means.
     *
     * @throws Rejection 403 {@code sign_on.token_invalid}; 503 {@code sign_on.unavailable}
     */
    Said prove(ProviderRow provider, Map<String, Object> tokens, String nonce) {
        String text = String.valueOf(tokens.get("id_token"));
        try {
            IdentityToken token = issuers.verify(provider.issuer(), provider.clientId(), text);
            if (!token.text("nonce").equals(Optional.of(nonce))) {
                throw ProviderRefusals.invalid(
                        "The token was not made for this login (expected: the nonce that was sent).");
            }
            Optional<String> authorized = token.text("azp");
            boolean forOthersToo = token.texts("aud").size() > 1;
            if ((authorized.isPresent() || forOthersToo) && !authorized.equals(Optional.of(provider.clientId()))) {
                throw ProviderRefusals.invalid(
                        "The token was made for another client (expected: azp %s).".formatted(provider.clientId()));
            }
            if (token.claims().containsKey("at_hash")
                    && !token.text("at_hash")
                            .equals(Optional.of(hash(text, String.valueOf(tokens.get("access_token")))))) {
                throw ProviderRefusals.invalid("The token came with another access token (expected: that of at_hash).");
            }
            if (token.subject().length() > LONGEST_SUBJECT) {
                throw ProviderRefusals.invalid(
                        "The token calls the person by %d characters (expected: a sub of at most %d)."
                                .formatted(token.subject().length(), LONGEST_SUBJECT));
            }
            return new Said(token.subject(), token.claims());
        } catch (IssuerException failed) {
            throw switch (failed.reason()) {
                case ISSUER -> ProviderRefusals.unavailable(provider, failed.getMessage());
                case TOKEN -> ProviderRefusals.invalid(failed.getMessage());
            };
        }
    }

    /** OpenID Connect Core 1.0, section 3.1.3.6: the left half of a digest as long as the signature's. */
    private static String hash(String token, String accessToken) {
        try {
            String algorithm = SignedJWT.parse(token).getHeader().getAlgorithm().getName();
            byte[] digest = Digests.of("SHA-" + algorithm.substring(2), accessToken);
            return Digests.encoded(Arrays.copyOf(digest, digest.length / 2));
        } catch (ParseException verifiedBefore) {
            throw new IllegalStateException(verifiedBefore);
        }
    }
}
