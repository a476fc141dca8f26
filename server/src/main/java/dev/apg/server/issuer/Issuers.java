package dev.apg.server.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.apg.server.platform.StoredText;
import dev.apg.server.platform.outbound.Outbound;
import dev.apg.server.platform.outbound.OutboundException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Verifies tokens of issuers that somebody trusts. Which issuer that is, its caller says, never the token; by which keys, the
 * issuer; with which algorithms, the key. Keys and addresses that a token brings along are not looked at.
 */
@Component
public class Issuers {
    /** In characters; some issuers write many groups into theirs. */
    private static final int LONGEST = 16 * 1024;

    private static final int LONGEST_ISSUER = 500;

    /** By how much the clocks of others may differ from ours. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final Outbound outbound;
    private final Cache<String, KnownIssuer> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    Issuers(Outbound outbound) {
        this.outbound = outbound;
    }

    /**
     * Checks what can be seen from an issuer's identifier without asking anybody.
     *
     * @throws IssuerException if it cannot be one
     */
    public void require(String issuer) throws IssuerException {
        try {
            outbound.require(issuer);
        } catch (OutboundException refused) {
            throw IssuerException.issuer(refused.getMessage());
        }
        if (issuer.length() > LONGEST_ISSUER || URI.create(issuer).getRawQuery() != null) {
            throw IssuerException.issuer(
                    "The issuer has a query, or is too long (expected: an address without a query, of at most %d characters)."
                            .formatted(LONGEST_ISSUER));
        }
    }

    /**
     * What an issuer says of itself; remembered for some minutes.
     *
     * @throws IssuerException if it cannot be asked
     */
    public Discovery discover(String issuer) throws IssuerException {
        return of(issuer).discovery();
    }

    /**
     * Verifies a token.
     *
     * @param issuer who must have signed it
     * @param audience for whom it must be
     * @throws IssuerException if the issuer cannot be asked, or the token is not one of its own, for us, and valid now
     */
    public IdentityToken verify(String issuer, String audience, String token) throws IssuerException {
        if (token.length() > LONGEST) {
            throw IssuerException.token("The token is too long (expected: at most %d characters).".formatted(LONGEST));
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            requireForm(jwt.getHeader());
            // Whoever is somebody else's is refused without asking anybody.
            requireFor(issuer, audience, claims);
            JWK key = of(issuer)
                    .key(jwt.getHeader())
                    .orElseThrow(() -> IssuerException.token(
                            "The token is not signed with a key that %s has, by an algorithm of that key (expected: RS256, PS256, ES256 or a longer one of them, and its kid)."
                                    .formatted(issuer)));
            if (!jwt.verify(KeySet.verifier(key))) {
                throw IssuerException.token("The signature of the token is not that of %s.".formatted(issuer));
            }
            return valid(issuer, claims);
        } catch (ParseException | JOSEException | IllegalArgumentException unreadable) {
            throw IssuerException.token("The token is no signed JSON Web Token.");
        }
    }

    private KnownIssuer of(String issuer) throws IssuerException {
        require(issuer);
        return known.get(issuer, name -> new KnownIssuer(outbound, name));
    }

    private static void requireForm(JWSHeader header) throws IssuerException {
        boolean jwt = header.getType() == null || JOSEObjectType.JWT.equals(header.getType());
        if (!jwt || header.getCriticalParams() != null) {
            throw IssuerException.token(
                    "The token is of another type, or asks for extensions (expected: typ JWT or none, no crit).");
        }
    }

    private static void requireFor(String issuer, String audience, JWTClaimsSet claims) throws IssuerException {
        if (!issuer.equals(claims.getIssuer())) {
            throw IssuerException.token("The token is another issuer's (expected: iss %s).".formatted(issuer));
        }
        if (!claims.getAudience().contains(audience)) {
            throw IssuerException.token("The token is for somebody else (expected: aud %s).".formatted(audience));
        }
    }

    private static IdentityToken valid(String issuer, JWTClaimsSet claims) throws IssuerException {
        Instant now = Instant.now();
        Instant expiresAt = instant(claims.getExpirationTime())
                .orElseThrow(() -> IssuerException.token("The token does not expire (expected: exp)."));
        if (!expiresAt.isAfter(now.minus(SKEW))) {
            throw IssuerException.token("The token expired at %s.".formatted(expiresAt));
        }
        Instant issuedAt = instant(claims.getIssueTime())
                .orElseThrow(() -> IssuerException.token("The token does not say when it was issued (expected: iat)."));
        Instant begins = instant(claims.getNotBeforeTime()).orElse(issuedAt);
        Instant soon = now.plus(SKEW);
        if (issuedAt.isAfter(soon) || begins.isAfter(soon)) {
            throw IssuerException.token("The token is not valid yet (expected: iat and nbf not in the future).");
        }
        String subject = claims.getSubject();
        if (subject == null || subject.isEmpty()) {
            throw IssuerException.token("The token says nothing of whom it is about (expected: sub).");
        }
        if (!StoredText.isFit(subject)) {
            throw IssuerException.token(
                    "The token says of whom it is about what is no text (expected: a sub without NUL characters and half surrogate pairs).");
        }
        return new IdentityToken(issuer, subject, expiresAt, claims.getClaims());
    }

    private static Optional<Instant> instant(@Nullable Date date) {
        return Optional.ofNullable(date).map(Date::toInstant);
    }
}
