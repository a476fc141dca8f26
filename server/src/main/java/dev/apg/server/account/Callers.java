package dev.apg.server.account;

import dev.apg.server.account.pipeline.PipelineId;
import dev.apg.server.account.pipeline.Pipelines;
import dev.apg.server.event.AccessTaken;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.role.Roles;
import dev.apg.server.signing.AccessTokens;
import dev.apg.server.team.Teams;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.Reach;
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
    private final Pipelines pipelines;
    private final Roles roles;
    private final Teams teams;
    private final AccessTokens accessTokens;
    private final LastUses uses;
    private final Beliefs<Credentials> beliefs;

    Callers(
            TenantTransactions transactions,
            AccessTokenRepository tokens,
            ClientRepository clients,
            Pipelines pipelines,
            Roles roles,
            Teams teams,
            AccessTokens accessTokens,
            LastUses uses,
            Settings settings) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.clients = clients;
        this.pipelines = pipelines;
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
                .orElseGet(() -> accessTokens.verify(text).flatMap(this::fetched));
    }

    private Optional<Caller> bearer(SecretText token) {
        var key = new CredentialKey(CredentialKey.Kind.TOKEN, token.tenantId(), token.id());
        return credentials(key)
                .filter(known -> known.match(token.hash()))
                .map(known -> caller(key, known, known.authority()));
    }

    /** By a signed token of a client or pipeline that is still there, for what both the token and its bearer are good for. */
    private Optional<Caller> fetched(AccessTokens.Verified token) {
        return ClientId.parse(token.subject())
                .map(ClientId::key)
                .or(() -> PipelineId.parse(token.subject())
                        .map(pipeline ->
                                new CredentialKey(CredentialKey.Kind.PIPELINE, pipeline.tenantId(), pipeline.id())))
                .filter(key -> key.tenantId().equals(token.tenantId()))
                .flatMap(key -> credentials(key).map(known -> {
                    Authority authority = Authority.stored(known.authority().role(), List.copyOf(token.scopes()));
                    return caller(key, known, authority.within(known.authority()));
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
                        known.teams(),
                        known.reach()));
    }

    /** What is known of a token, client or pipeline that is not revoked. */
    Optional<Credentials> credentials(CredentialKey key) {
        return beliefs.find(
                key,
                () -> transactions.read(
                        key.tenantId(),
                        () -> key.kind() == CredentialKey.Kind.PIPELINE
                                ? pipeline(key)
                                : stored(key)
                                        .map(machine -> machine.with(
                                                roles.of(key.tenantId(), machine.role()),
                                                teams.of(key.tenantId(), key.id())))));
    }

    private Optional<Credentials> pipeline(CredentialKey key) {
        return pipelines
                .find(key.tenantId(), key.id())
                .map(pipeline -> new Credentials(
                        new byte[0],
                        pipeline.label(),
                        Authority.all(PipelineLogins.ROLE),
                        teams.of(key.tenantId(), key.id()),
                        Optional.empty(),
                        Optional.of(Reach.of(pipeline.capabilities()))));
    }

    private Optional<StoredCredentials> stored(CredentialKey key) {
        return switch (key.kind()) {
            case TOKEN -> tokens.findCredentials(key.tenantId(), key.id());
            case CLIENT -> clients.findCredentials(key.tenantId(), key.id());
            case PIPELINE, SESSION -> Optional.empty();
        };
    }

    @EventListener
    void forget(AccessTaken taken) {
        beliefs.forget(taken.tenantId());
    }
}
