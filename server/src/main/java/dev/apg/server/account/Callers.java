package dev.apg.server.account;

import dev.apg.server.event.AccessTaken;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.role.Roles;
import dev.apg.server.signing.AccessTokens;
import dev.apg.server.team.Teams;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Who bears a token. What the database said is remembered for some polls of the feed, and forgotten as soon as this node
 * changed what somebody of the tenant may do, or the feed learns that another one did; if the feed learns nothing any more, the
 * memory ends by itself.
 */
@Component
public class Callers {
    private final TenantTransactions transactions;
    private final AccessTokenRepository tokens;
    private final ClientRepository clients;
    private final Roles roles;
    private final Teams teams;
    private final AccessTokens accessTokens;
    private final LastUses uses;
    private final Beliefs<Credentials> beliefs;

    Callers(
            TenantTransactions transactions,
            AccessTokenRepository tokens,
            ClientRepository clients,
            Roles roles,
            Teams teams,
            AccessTokens accessTokens,
            LastUses uses,
            Settings settings) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.clients = clients;
        this.roles = roles;
        this.teams = teams;
        this.accessTokens = accessTokens;
        this.uses = uses;
        this.beliefs = new Beliefs<>(settings.feed());
    }

    /** Empty if the text is no token, or one that is expired or revoked. */
    public Optional<Caller> authenticate(String text) {
        return SecretText.parse(SecretText.Kind.TOKEN, text)
                .map(this::bearer)
                .orElseGet(() -> accessTokens.verify(text).flatMap(this::client));
    }

    private Optional<Caller> bearer(SecretText token) {
        var key = new CredentialKey(CredentialKey.Kind.TOKEN, token.tenantId(), token.id());
        return credentials(key)
                .filter(known -> known.match(token.hash()))
                .map(known -> caller(key, known, known.authority()));
    }

    /** By a signed token of a client that is still there, for what both the token and the client are good for. */
    private Optional<Caller> client(AccessTokens.Verified token) {
        return ClientId.parse(token.subject())
                .filter(client -> client.tenantId().equals(token.tenantId()))
                .flatMap(client -> credentials(client.key()).map(known -> {
                    Authority authority = Authority.stored(known.authority().role(), List.copyOf(token.scopes()));
                    return caller(client.key(), known, authority.within(known.authority()));
                }));
    }

    private Caller caller(CredentialKey key, Credentials known, Authority authority) {
        uses.note(key);
        return new Caller(
                key.tenantId(),
                new Actor(
                        key.id(),
                        key.kind().actor(),
                        known.label(),
                        authority.role(),
                        authority.bound(),
                        known.teams()));
    }

    /** What is known of a token or client that is not revoked. */
    Optional<Credentials> credentials(CredentialKey key) {
        return beliefs.find(
                key,
                () -> transactions.read(
                        key.tenantId(),
                        () -> stored(key)
                                .map(machine -> machine.with(
                                        roles.of(key.tenantId(), machine.role()),
                                        teams.of(key.tenantId(), key.id())))));
    }

    private Optional<StoredCredentials> stored(CredentialKey key) {
        return switch (key.kind()) {
            case TOKEN -> tokens.findCredentials(key.tenantId(), key.id());
            case CLIENT -> clients.findCredentials(key.tenantId(), key.id());
            case SESSION -> Optional.empty();
        };
    }

    @EventListener
    void forget(AccessTaken taken) {
        beliefs.forget(taken.tenantId());
    }
}
