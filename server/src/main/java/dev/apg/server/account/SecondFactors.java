package dev.apg.server.account;

import dev.apg.contract.account.FactorSecret;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.account.FactorRepository.Factor;
import dev.apg.server.account.factor.Base32;
import dev.apg.server.account.factor.OneTimePasswords;
import dev.apg.server.secret.SecretColumn;
import dev.apg.server.secret.SecretPlace;
import dev.apg.server.secret.Secrets;
import dev.apg.server.web.Rejection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Second factors of accounts: an authenticator, and ten codes for when it is lost. Each method is a part of the caller's transaction. */
@Component
class SecondFactors {
    private static final int SECRET_BYTES = 20;
    private static final int CODES = 10;

    /** Of a recovery code: more than anybody can try, even with the hashes. */
    private static final int CODE_BYTES = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final FactorRepository factors;
    private final Secrets secrets;

    SecondFactors(FactorRepository factors, Secrets secrets) {
        this.factors = factors;
        this.secrets = secrets;
    }

    boolean isConfirmed(UUID tenantId, UUID accountId) {
        return factors.isConfirmed(tenantId, accountId);
    }

    /**
     * A new one, which asks for nothing until it is confirmed.
     *
     * @throws Rejection 409 {@code second_factor.exists}
     */
    FactorSecret begin(UUID tenantId, String tenant, UUID accountId, String email) {
        byte[] secret = random(SECRET_BYTES);
        if (!factors.begin(tenantId, accountId, secrets.seal(place(tenantId, accountId), secret))) {
            throw Rejection.conflict(
                    "second_factor.exists", "The account has a second factor (expected: to remove it first).");
        }
        String text = Base32.write(secret);
        String label = encoded("APG " + tenant) + ":" + encoded(email);
        return new FactorSecret(
                text, "otpauth://totp/%s?secret=%s&issuer=%s".formatted(label, text, encoded("APG " + tenant)));
    }

    /** Whether the code is of a device that has the new secret: then it is the account's second factor from now on. */
    boolean confirm(UUID tenantId, UUID accountId, String code) {
        Optional<Factor> factor = factors.lock(tenantId, accountId).filter(found -> !found.isConfirmed());
        return factor.isPresent() && take(tenantId, accountId, factor.get(), code);
    }

    /** Whether the code is of the device, or one of the recovery codes; it is not good a second time. */
    boolean prove(UUID tenantId, UUID accountId, String code) {
        Optional<Factor> factor = factors.lock(tenantId, accountId).filter(Factor::isConfirmed);
        return factor.isPresent()
                && (take(tenantId, accountId, factor.get(), code) || factors.takeCode(tenantId, accountId, hash(code)));
    }

    private boolean take(UUID tenantId, UUID accountId, Factor factor, String code) {
        OptionalLong step = OneTimePasswords.step(
                secrets.open(place(tenantId, accountId), factor.sealed()),
                code.replace(" ", ""),
                Instant.now(),
                factor.lastStep());
        step.ifPresent(taken -> factors.use(tenantId, accountId, taken));
        return step.isPresent();
    }

    /** New ones in place of those that there are. */
    List<String> renewCodes(UUID tenantId, UUID accountId) {
        List<String> codes = IntStream.range(0, CODES)
                .mapToObj(i -> Base32.write(random(CODE_BYTES))
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("(.{4})(?=.)", "$1-"))
                .toList();
        factors.replaceCodes(
                tenantId, accountId, codes.stream().map(SecondFactors::hash).toList());
        return codes;
    }

    boolean remove(UUID tenantId, UUID accountId) {
        return factors.delete(tenantId, accountId);
    }

    /** However it is typed. */
    private static byte[] hash(String code) {
        return Digest.of(code.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z2-7]", "")
                        .getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    private static SecretPlace place(UUID tenantId, UUID accountId) {
        return new SecretPlace(tenantId, SecretColumn.SECOND_FACTOR, accountId);
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
