package dev.apg.server.identity;

import dev.apg.contract.account.LoginState;
import dev.apg.server.account.IdentityLogins;
import dev.apg.server.account.IdentityLogins.Identity;
import dev.apg.server.account.IdentityLogins.Terms;
import dev.apg.server.audit.Logins;
import dev.apg.server.event.Retention;
import dev.apg.server.identity.SignOnRepository.Begun;
import dev.apg.server.identity.SignOnTicket.Half;
import dev.apg.server.platform.Ids;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Logins by way of an identity provider: the authorization code flow of OpenID Connect, with PKCE. What proves that an answer
 * belongs to a login (state, nonce, verifier) is never kept as it is: one half travels, the other one stays in the browser.
 */
@Service
class SignOns {
    static final Duration VALID = Duration.ofMinutes(10);

    private static final String PROVIDER = "identity_provider";
    private static final int AT_ONCE = 1_000;

    private final TenantTransactions transactions;
    private final SignOnRepository signOns;
    private final ProviderRepository repository;
    private final IdentityProviders providers;
    private final ProviderCalls calls;
    private final SignOnAddresses addresses;
    private final IdentityLogins people;
    private final Logins logins;
    private final Retention retention;

    SignOns(
            TenantTransactions transactions,
            SignOnRepository signOns,
            ProviderRepository repository,
            IdentityProviders providers,
            ProviderCalls calls,
            SignOnAddresses addresses,
            IdentityLogins people,
            Logins logins,
            Retention retention) {
        this.transactions = transactions;
        this.signOns = signOns;
        this.repository = repository;
        this.providers = providers;
        this.calls = calls;
        this.addresses = addresses;
        this.people = people;
        this.logins = logins;
        this.retention = retention;
    }

    /** At which provider of which tenant, as the address says. */
    record Door(String tenant, String provider) {}

    /** A door that is open. */
    record Entrance(Door door, UUID tenantId, ProviderRow provider) {}

    /** @throws Rejection 404 {@code sign_on.not_found}, whatever of it is not there */
    private Entrance entrance(Door door) {
        return people.open(door.tenant())
                .flatMap(tenantId -> transactions
                        .read(tenantId, () -> repository.find(tenantId, door.provider()))
                        .filter(provider -> !provider.disabled())
                        .map(provider -> new Entrance(door, tenantId, provider)))
                .orElseThrow(() -> Rejection.of(
                        HttpStatus.NOT_FOUND,
                        "sign_on.not_found",
                        "Nobody comes in here (expected: the codes of a tenant and of one of its identity providers).",
                        List.of()));
    }

    /**
     * @param provider where the browser is sent to
     * @param staying what it keeps
     */
    record Beginning(URI provider, String staying) {}

    /** @throws Rejection 400 {@code return_to.foreign}; 404; 503 {@code sign_on.unavailable} */
    Beginning begin(HttpServletRequest request, Door door, String returnTo) {
        if (!SignOnAddresses.isOwn(returnTo)) {
            throw Rejection.malformed("return_to.foreign", "return_to", returnTo, "a path of this server such as /");
        }
        Entrance entrance = entrance(door);
        UUID tenantId = entrance.tenantId();
        UUID id = Ids.next();
        SignOnTicket travelling = SignOnTicket.random(Half.TRAVELLING, id);
        SignOnTicket staying = SignOnTicket.random(Half.STAYING, id);
        URI address = noted(
                request,
                entrance,
                () -> calls.authorization(
                        entrance.provider(),
                        addresses.callback(door.tenant(), door.provider()),
                        travelling.text(),
                        staying));
        transactions.write(tenantId, () -> {
            signOns.insert(tenantId, new Begun(entrance.provider().id(), returnTo), travelling, staying, VALID);
            return id;
        });
        return new Beginning(address, staying.text());
    }

    /** A login whose browser came back. */
    record Returned(Entrance entrance, Begun begun, SignOnTicket staying) {}

    /**
     * Takes the login that the browser began, once.
     *
     * @throws Rejection 403 {@code sign_on.elsewhere}, if it began in another browser, elsewhere, or too long ago
     */
    Returned take(HttpServletRequest request, Door door, Optional<String> state, Optional<String> cookie) {
        Entrance entrance = entrance(door);
        return noted(request, entrance, () -> {
            Optional<SignOnTicket> travelling = state.flatMap(text -> SignOnTicket.parse(Half.TRAVELLING, text));
            Optional<SignOnTicket> staying = cookie.flatMap(text -> SignOnTicket.parse(Half.STAYING, text));
            if (travelling.isEmpty()
                    || staying.isEmpty()
                    || !travelling.get().id().equals(staying.get().id())) {
                throw elsewhere();
            }
            UUID tenantId = entrance.tenantId();
            return transactions
                    .write(tenantId, () -> signOns.take(tenantId, travelling.get(), staying.get()))
                    .filter(begun ->
                            begun.providerId().equals(entrance.provider().id()))
                    .map(begun -> new Returned(entrance, begun, staying.get()))
                    .orElseThrow(SignOns::elsewhere);
        });
    }

    private static Rejection elsewhere() {
        return refused(
                "sign_on.elsewhere",
                "This login did not begin in this browser within the last %d minutes, or was completed before (expected: to begin it again)."
                        .formatted(VALID.toMinutes()));
    }

    /**
     * Lets the person in, as far as nothing else is demanded of them.
     *
     * @return where the browser goes on
     * @throws Rejection 403 {@code sign_on.*}, naming what is wrong; 503 {@code sign_on.unavailable}
     */
    URI complete(HttpServletRequest request, HttpServletResponse response, Returned returned, ProviderAnswer answer) {
        Entrance entrance = returned.entrance();
        ProviderRow provider = entrance.provider();
        ProviderRules rules = provider.rules();
        return noted(request, entrance, () -> {
            Said said = calls.identify(
                    provider,
                    providers.clientSecret(entrance.tenantId(), provider),
                    addresses.callback(entrance.door().tenant(), entrance.door().provider()),
                    answer,
                    returned.staying());
            Identity identity = said.identity(provider);
            if (!said.isOf(rules.domains(), rules.claims())) {
                throw shutOut(
                        request,
                        entrance,
                        identity,
                        "sign_on.domain",
                        "The identity provider says no verified address of %s."
                                .formatted(String.join(", ", rules.domains())));
            }
            String role = rules.role(said.groups(rules.claims()))
                    .orElseThrow(
                            () -> shutOut(
                                    request,
                                    entrance,
                                    identity,
                                    "sign_on.no_role",
                                    "None of the groups that the identity provider names gives a role here (expected: one of a group that the tenant's administrators have named)."));
            var terms = new Terms(
                    role, rules.decidesRoles(), rules.creates(), rules.links(), said.showsOneOf(rules.secondFactors()));
            LoginState state = people.comeIn(request, response, entrance.tenantId(), identity, terms);
            return page(returned.begun().returnTo(), state);
        });
    }

    private URI page(String returnTo, LoginState state) {
        return addresses.page(
                switch (state) {
                    case COMPLETE -> returnTo;
                    case SECOND_FACTOR -> with(returnTo, "login=second_factor");
                    case ENROLMENT -> with(returnTo, "login=enrolment");
                });
    }

    private static String with(String path, String parameter) {
        return path + (path.contains("?") ? "&" : "?") + parameter;
    }

    private Rejection shutOut(
            HttpServletRequest request, Entrance entrance, Identity identity, String code, String detail) {
        people.shutOut(
                request,
                entrance.tenantId(),
                identity.providerId(),
                identity.subject(),
                "the identity provider's answer lets them in no more");
        return refused(code, detail);
    }

    /** Whatever fails is in the audit log, by its code alone. */
    private <T> T noted(HttpServletRequest request, Entrance entrance, Supplier<T> work) {
        try {
            return work.get();
        } catch (Rejection refused) {
            logins.failed(
                    Caller.unproven(entrance.tenantId()).context(request),
                    PROVIDER,
                    entrance.provider().code(),
                    Optional.of(refused.code()));
            throw refused;
        }
    }

    private static Rejection refused(String code, String detail) {
        return Rejection.of(HttpStatus.FORBIDDEN, code, detail, List.of());
    }

    @Scheduled(fixedDelay = 10, initialDelay = 10, timeUnit = TimeUnit.MINUTES)
    void deleteExpired() {
        retention.delete(
                "logins by identity providers",
                AT_ONCE,
                tenantId -> transactions.write(tenantId, () -> signOns.deleteExpired(tenantId, AT_ONCE)));
    }
}
