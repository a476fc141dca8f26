package dev.apg.server.signing;

import dev.apg.contract.secret.SigningKeyDetail;
import dev.apg.contract.secret.SigningKeyState;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.web.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** What whoever runs the installation sees of the signing keys, and does with them. */
@Service
class SigningKeyService {
    private final SigningKeys keys;
    private final KeyStore store;
    private final RetirementNews news;

    SigningKeyService(SigningKeys keys, KeyStore store, RetirementNews news) {
        this.keys = keys;
        this.store = store;
        this.news = news;
    }

    List<SigningKeyDetail> list() {
        SigningKey signer = keys.signer();
        List<SigningKey> present = keys.areGiven() ? keys.all() : store.list();
        return Stream.concat(
                        present.stream().map(key -> detail(key, signer)),
                        store.retired().stream().map(SigningKeyService::detail))
                .toList();
    }

    private SigningKeyDetail detail(SigningKey key, SigningKey signer) {
        SigningKeyState state = key.signsFrom().isAfter(Instant.now())
                ? SigningKeyState.NEXT
                : key.name().equals(signer.name()) ? SigningKeyState.SIGNING : SigningKeyState.VERIFYING;
        return new SigningKeyDetail(
                key.name(), key.algorithm().getName(), state, keys.areGiven() ? null : key.signsFrom(), null, null);
    }

    private static SigningKeyDetail detail(Retirement retirement) {
        return new SigningKeyDetail(
                retirement.name(),
                retirement.algorithm(),
                SigningKeyState.RETIRED,
                null,
                retirement.at(),
                retirement.reason());
    }

    /**
     * Takes a key away, so that nothing that it has signed is valid any more; doing it again changes nothing.
     *
     * @throws Rejection 404 {@code signing_key.not_found}; 409 {@code signing_key.given}, if the server does not make its keys
     */
    SigningKeyDetail retire(PlatformContext by, String kid, String reason) {
        if (keys.areGiven()) {
            throw Rejection.conflict(
                    "signing_key.given",
                    "The signing keys are given by JWT_SIGNING_KEY, or JWT_SECRET_KEY (expected: another value there, and a restart of every node).");
        }
        Retirement retirement = store.retire(by, kid, reason).orElseThrow(() -> Rejection.notFound("signing_key", kid));
        // This node does not wait for its feed: the answer says that it is done.
        keys.forget();
        news.tellSoon();
        return detail(retirement);
    }
}
