package dev.apg.server.account;

import dev.apg.server.account.AccountRepository.Known;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** By what people show who they are; each method is a part of the caller's transaction. */
@Component
class Proofs {
    private final AccountRepository accounts;
    private final IdentityRepository identities;
    private final KnownProviders providers;

    Proofs(AccountRepository accounts, IdentityRepository identities, KnownProviders providers) {
        this.accounts = accounts;
        this.identities = identities;
        this.providers = providers;
    }

    /**
     * What a login goes by, for as long as it is the same.
     *
     * @param provider the identity provider that said who it is; empty: they showed their password
     * @param text the password's hash, or what the provider calls them and by which edition of its rules they come in: whoever came
     *     by others has to come again
     */
    record Proof(Optional<UUID> provider, String text) {
        static Proof of(UUID provider, long edition, String subject) {
            return new Proof(Optional.of(provider), edition + " " + subject);
        }
    }

    /** What it takes at present; empty, if nothing lets them in this way. */
    Optional<Proof> of(UUID tenantId, UUID accountId, Optional<UUID> provider) {
        return provider.map(id -> known(tenantId, accountId, id))
                .orElseGet(() -> accounts.findForLogin(tenantId, accountId, "")
                        .flatMap(Known::passwordHash)
                        .map(hash -> new Proof(provider, hash)));
    }

    private Optional<Proof> known(UUID tenantId, UUID accountId, UUID provider) {
        return providers
                .edition(tenantId, provider)
                .flatMap(edition -> identities
                        .subject(tenantId, accountId, provider)
                        .map(subject -> Proof.of(provider, edition, subject)));
    }
}
