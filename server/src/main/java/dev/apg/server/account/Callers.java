package dev.apg.server.account;

import dev.apg.server.account.pipeline.PipelineId;
import dev.apg.server.account.pipeline.Pipelines;
import dev.apg.server.event.AccessTaken;
import dev.apg.server.event.EventLog;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.role.Roles;
import dev.apg.server.signing.AccessTokens;
import dev.apg.server.team.Teams;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.Judgement;
import dev.apg.server.tenancy.Reach;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final PersonalTokenRepository personal;
    private final ClientRepository clients;
    private final Pipelines pipelines;
    private final WaysIn ways;
    private final Roles roles;
    private final Teams teams;
    private final AccessTokens accessTokens;
    private final LastUses uses;
    private final EventLog events;
    private final Beliefs<Judged<Credentials>> beliefs;

    Callers(
            TenantTransactions transactions,
            AccessTokenRepository tokens,
            PersonalTokenRepository personal,
            ClientRepository clients,
            Pipelines pipelines,
            WaysIn ways,
            Roles roles,
            Teams teams,
            AccessTokens accessTokens,
            LastUses uses,
            EventLog events,
            Settings settings) {
        this.transactions = transactions;
        this.tokens = tokens;
        this.personal = personal;
        this.clients = clients;
        this.pipelines = pipelines;
        this.ways = ways;
        this.roles = roles;
        this.teams = teams;
        this.accessTokens = accessTokens;
        this.uses = uses;
        this.events = events;
        this.beliefs = new Beliefs<>(settings.feed());
    }

    /** Where credentials are looked up. */
    private interface Lookup extends Function<CredentialKey, Optional<Judged<Credentials>>> {}

    /** Empty if the text is no token, or one that is expired or revoked. */
    public Optional<Caller> authenticate(String text) {
        return SecretText.parse(SecretText.Kind.TOKEN, text)
                .map(token -> bearer(CredentialKey.Kind.TOKEN, token, this::believed))
                .or(() -> SecretText.parse(SecretText.Kind.PERSONAL, text)
                        .map(token -> bearer(CredentialKey.Kind.PERSONAL, token, this::believed)))
                .orElseGet(() -> accessTokens.verify(text).flatMap(token -> fetched(token, this::believed)));
    }

    private Optional<Caller> bearer(CredentialKey.Kind kind, SecretText token, Lookup lookup) {
        var key = new CredentialKey(kind, token.tenantId(), token.id());
        return lookup.apply(key)
                .filter(known -> known.value().match(token.hash()))
                .map(known -> caller(key, known, known.value().authority(), () -> bearer(kind, token, this::stored)));
    }

    /** By a signed token of a client or pipeline that is still there, for what both the token and its bearer are good for. */
    private Optional<Caller> fetched(AccessTokens.Verified token, Lookup lookup) {
        return ClientId.parse(token.subject())
                .map(ClientId::key)
                .or(() -> PipelineId.parse(token.subject())
                        .map(pipeline ->
                                new CredentialKey(CredentialKey.Kind.PIPELINE, pipeline.tenantId(), pipeline.id())))
                .filter(key -> key.tenantId().equals(token.tenantId()))
                .flatMap(key -> lookup.apply(key).map(known -> {
                    Authority bearer = known.value().authority();
                    Authority authority = Authority.stored(bearer.role(), List.copyOf(token.scopes()))
                            .within(bearer);
                    return caller(key, known, authority, () -> fetched(token, this::stored));
                }));
    }

    private Caller caller(
            CredentialKey key, Judged<Credentials> judged, Authority authority, Supplier<Optional<Caller>> anew) {
        uses.note(key);
        Credentials known = judged.value();
        return new Caller(
                key.tenantId(),
                new Actor(
                        known.actor(),
                        key.kind().actor(),
                        known.label(),
                        authority.role(),
                        authority.bound(),
                        known.teams(),
                        known.reach()),
                new Judgement(
                        judged.accessSeq(),
                        () -> anew.get().map(Caller::actor).orElseThrow(BearerTokens::noLongerValid)));
    }

    /** What is known of a token, client or pipeline that is not revoked; of a person's token, what the account may do now. */
    Optional<Credentials> credentials(CredentialKey key) {
        return believed(key).map(Judged::value);
    }

    private Optional<Judged<Credentials>> believed(CredentialKey key) {
        return beliefs.find(key, () -> transactions.read(key.tenantId(), () -> stored(key)));
    }

    /** In a transaction of the tenant. */
    private Optional<Judged<Credentials>> stored(CredentialKey key) {
        // Before the rest: what is changed in between is judged anew.
        long accessSeq = events.accessSeq(key.tenantId());
        return found(key).map(known -> new Judged<>(known, accessSeq));
    }

    private Optional<Credentials> pipeline(CredentialKey key) {
        return pipelines
                .find(key.tenantId(), key.id())
                .map(pipeline -> new Credentials(
                        key.id(),
                        new byte[0],
                        pipeline.label(),
                        Authority.all(PipelineLogins.ROLE),
                        teams.of(key.tenantId(), key.id()),
                        Optional.empty(),
                        Optional.of(Reach.of(pipeline.capabilities()))));
    }

    private Optional<Credentials> found(CredentialKey key) {
        UUID tenantId = key.tenantId();
        return switch (key.kind()) {
            case TOKEN -> machine(key, tokens.findCredentials(tenantId, key.id()));
            case PERSONAL -> personal.find(key).flatMap(token -> personal(tenantId, token));
            case CLIENT -> machine(key, clients.findCredentials(tenantId, key.id()));
            case PIPELINE -> pipeline(key);
            case SESSION -> Optional.empty();
        };
    }

    /** One that a person made for themselves is good as long as something lets the person in. */
    private Optional<Credentials> personal(UUID tenantId, PersonalTokenRepository.Stored token) {
        Role role = roles.of(tenantId, token.role());
        return ways.has(tenantId, token.account(), token.hasPassword(), role)
                ? Optional.of(new Credentials(
                        token.account(),
                        token.secretHash(),
                        token.name(),
                        Authority.stored(role, token.scopes()),
                        teams.of(tenantId, token.account()),
                        Optional.of(token.expiresAt()),
                        Optional.empty()))
                : Optional.empty();
    }

    private Optional<Credentials> machine(CredentialKey key, Optional<StoredCredentials> stored) {
        return stored.map(machine ->
                machine.with(key.id(), roles.of(key.tenantId(), machine.role()), teams.of(key.tenantId(), key.id())));
    }

    @EventListener
    void forget(AccessTaken taken) {
        beliefs.forget(taken.tenantId());
    }
}
