package dev.apg.server.signing;

import com.nimbusds.jose.jwk.JWK;
import dev.apg.server.secret.SecretColumn;
import dev.apg.server.secret.SecretPlace;
import dev.apg.server.secret.SecretUnreadableException;
import dev.apg.server.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code signing_key}; inside transactions of the {@link #INSTALLATION}. */
@Repository
class SigningKeyRepository {
    /** In the place of a tenant. */
    static final UUID INSTALLATION = new UUID(0, 0);

    private static final Logger log = LoggerFactory.getLogger(SigningKeyRepository.class);

    private final JdbcClient jdbc;
    private final Secrets secrets;

    /** Warned of already. */
    private final Set<UUID> unreadable = ConcurrentHashMap.newKeySet();

    SigningKeyRepository(JdbcClient jdbc, Secrets secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    private record Row(UUID id, String publicKey, byte[] sealed, Instant signsFrom) {}

    /** The last to sign first. */
    List<SigningKey> list() {
        return rows().stream().map(this::key).toList();
    }

    private List<Row> rows() {
        return jdbc.sql("""
                SELECT key_id, public_key, private_key, signs_from FROM signing_key
                WHERE tenant_id = ? ORDER BY signs_from DESC, key_id DESC
                """)
                .param(INSTALLATION)
                .query((row, number) -> new Row(
                        row.getObject("key_id", UUID.class),
                        row.getString("public_key"),
                        row.getBytes("private_key"),
                        row.getObject("signs_from", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Without its private part, if that cannot be read: what it has signed can still be checked, and another one signs. */
    private SigningKey key(Row row) {
        String json = row.publicKey();
        try {
            json = new String(secrets.open(place(row.id()), row.sealed()), StandardCharsets.UTF_8);
        } catch (SecretUnreadableException e) {
            if (unreadable.add(row.id())) {
                log.warn("A signing key does not sign any more: {}", e.getMessage());
            }
        }
        try {
            return new SigningKey(JWK.parse(json), row.signsFrom());
        } catch (ParseException e) {
            throw new IllegalStateException("signing_key %s holds no key".formatted(row.id()), e);
        }
    }

    /** Until the transaction ends, no other node makes or deletes keys. */
    void lock() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('apg.signing_key'))")
                .query((row, number) -> true)
                .single();
    }

    void insert(UUID id, SigningKey key) {
        byte[] json = key.jwk().toJSONString().getBytes(StandardCharsets.UTF_8);
        jdbc.sql("""
                INSERT INTO signing_key (tenant_id, key_id, algorithm, public_key, private_key, signs_from)
                VALUES (?, ?, ?, ?::jsonb, ?, ?)
                """)
                .param(INSTALLATION)
                .param(id)
                .param(key.algorithm().getName())
                .param(key.jwk().toPublicJWK().toJSONString())
                .param(secrets.seal(place(id), json))
                .param(key.signsFrom().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** @param algorithm that it was for */
    record Deleted(UUID id, String algorithm) {}

    /** By its name; empty if there is none. */
    Optional<Deleted> delete(String name) {
        return jdbc.sql("""
                DELETE FROM signing_key WHERE tenant_id = ? AND public_key ->> 'kid' = ? RETURNING key_id, algorithm
                """)
                .params(INSTALLATION, name)
                .query((row, number) -> new Deleted(row.getObject("key_id", UUID.class), row.getString("algorithm")))
                .optional();
    }

    /** Those whose successor has been signing for so long that none of their tokens can be valid. */
    int deleteSucceeded(Duration longest) {
        return jdbc.sql("""
                DELETE FROM signing_key k WHERE tenant_id = :tenant AND EXISTS (
                  SELECT FROM signing_key later
                  WHERE later.tenant_id = :tenant AND later.signs_from > k.signs_from
                    AND later.signs_from < now() - make_interval(secs => :seconds))
                """)
                .param("tenant", INSTALLATION)
                .param("seconds", longest.toSeconds())
                .update();
    }

    private static SecretPlace place(UUID id) {
        return new SecretPlace(INSTALLATION, SecretColumn.SIGNING_KEY, id);
    }
}
