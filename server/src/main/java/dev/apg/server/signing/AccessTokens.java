package dev.apg.server.signing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.platform.Ids;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.Settings;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Signed access tokens (RFC 9068). What a token is verified with is decided here alone: by one of our keys, with the one
 * algorithm that this key is for; a key, or the address of one, that a token brings along is not looked at.
 */
@Component
public class AccessTokens {
    /** In characters; ours have about 800. */
    private static final int LONGEST = 4_096;

    private static final int LONGEST_NAME = 100;
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final String TENANT = "tenant";
    private static final String SCOPE = "scope";

    /** By how much the clocks of two nodes may differ. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** Checking a signature takes longer than most requests; what was checked is remembered by its digest. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final SigningKeys keys;
    private final AccessTokenSettings settings;
    private final Cache<Digest, Checked> verified = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    AccessTokens(SigningKeys keys, Settings settings) {
        this.keys = keys;
        this.settings = settings.accessTokens();
    }

    /**
     * A token that was just made.
     *
     * @param id by which the audit log tells it from others
     */
    public record Made(String text, UUID id, Instant expiresAt, Duration lifetime) {}

    /**
     * What a token says that holds.
     *
     * @param subject whom it was made for
     * @param scopes what it is good for
     */
    public record Verified(UUID tenantId, String subject, Set<String> scopes, Instant expiresAt) {
        public Verified {
            scopes = Set.copyOf(scopes);
        }
    }

    /** @param key the name of the one that signed it: when that is taken away, nothing of it holds */
    private record Checked(Verified token, String key) {}

    /** Makes a token for a client or pipeline of a tenant. */
    public Made make(UUID tenantId, String clientId, List<String> scopes) {
        return make(tenantId, clientId, scopes, settings.lifetime());
    }

    /** The same for one that is needed for no longer than this, and no longer than any is valid. */
    public Made make(UUID tenantId, String clientId, List<String> scopes, Duration longest) {
        Duration lifetime = longest.compareTo(settings.lifetime()) < 0 ? longest : settings.lifetime();
        SigningKey key = keys.signer();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(lifetime);
        UUID id = Ids.next();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(key.algorithm())
                        .type(TYPE)
                        .keyID(key.name())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(settings.issuer())
                        .audience(settings.issuer())
                        .subject(clientId)
                        .claim("client_id", clientId)
                        .claim(TENANT, tenantId.toString())
                        .claim(SCOPE, String.join(" ", scopes))
                        .jwtID(id.toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(expiresAt))
                        .build());
        try {
            jwt.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException(key + " does not sign", e);
        }
        return new Made(jwt.serialize(), id, expiresAt, lifetime);
    }

    /** Empty if it is none of ours, changed, expired, or for somebody else. */
    public Optional<Verified> verify(String text) {
        if (text.length() > LONGEST || text.indexOf('.') < 0) {
            return Optional.empty();
        }
        Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
        Checked known = verified.getIfPresent(digest);
        if (known == null) {
            known = check(text).orElse(null);
            if (known != null) {
                verified.put(digest, known);
            }
        } else if (keys.find(known.key()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(known)
                .map(Checked::token)
                .filter(token -> token.expiresAt().isAfter(Instant.now()));
    }

    private Optional<Checked> check(String text) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            Optional<SigningKey> key = key(jwt.getHeader());
            return key.isPresent() && jwt.verify(key.get().verifier())
                    ? claims(jwt.getJWTClaimsSet())
                            .map(token -> new Checked(token, key.get().name()))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private Optional<SigningKey> key(JWSHeader header) {
        String name = header.getKeyID();
        JWSAlgorithm algorithm = header.getAlgorithm();
        return name == null
                        || name.length() > LONGEST_NAME
                        || !TYPE.equals(header.getType())
                        || header.getCriticalParams() != null
                ? Optional.empty()
                : keys.find(name).filter(key -> key.algorithm().equals(algorithm));
    }

    private Optional<Verified> claims(JWTClaimsSet claims) throws ParseException {
        Instant now = Instant.now();
        Instant expiresAt = instant(claims.getExpirationTime());
        Instant begins = instant(claims.getNotBeforeTime());
        Instant issuedAt = instant(claims.getIssueTime());
        String tenant = claims.getStringClaim(TENANT);
        String subject = claims.getSubject();
        String scope = claims.getStringClaim(SCOPE);
        boolean holds = settings.issuer().equals(claims.getIssuer())
                && claims.getAudience().contains(settings.issuer())
                && issuedAt != null
                && !issuedAt.isAfter(now.plus(SKEW))
                && (begins == null || !begins.isAfter(now.plus(SKEW)));
        if (!holds || expiresAt == null || tenant == null || subject == null || scope == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Verified(UUID.fromString(tenant), subject, Set.copyOf(Arrays.asList(scope.split(" "))), expiresAt));
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
