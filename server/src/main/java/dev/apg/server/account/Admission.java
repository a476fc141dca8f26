package dev.apg.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.apg.contract.tenant.TenantState;
import dev.apg.server.account.StandingRepository.Standing;
import dev.apg.server.event.AccessTaken;
import dev.apg.server.tenancy.TenantChanged;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/**
 * Lets members of suspended tenants do nothing, and those of deleted ones only read, and take access away. Nothing is written for a tenant that is
 * not active, whatever is believed here: a write finds that out itself.
 */
@Component
class Admission {
    private static final PathPatternRequestMatcher.Builder PATHS = PathPatternRequestMatcher.withDefaults();

    private static final RequestMatcher READING = new OrRequestMatcher(
            PATHS.matcher(HttpMethod.GET, "/**"),
            PATHS.matcher(HttpMethod.HEAD, "/**"),
            PATHS.matcher(HttpMethod.OPTIONS, "/**"));

    /** What may only be done as far as it takes access away; the write sees to that. */
    private static final RequestMatcher TAKING_ACCESS = new OrRequestMatcher(
            PATHS.matcher(HttpMethod.POST, "/api/auth/logout"),
            PATHS.matcher(HttpMethod.POST, "/api/v1/me/password"),
            PATHS.matcher(HttpMethod.DELETE, "/api/v1/me/sessions"),
            PATHS.matcher(HttpMethod.DELETE, "/api/v1/me/sessions/{id}"),
            PATHS.matcher(HttpMethod.DELETE, "/api/v1/me/tokens/{id}"),
            PATHS.matcher(HttpMethod.PATCH, "/api/v1/accounts/{id}"),
            PATHS.matcher(HttpMethod.DELETE, "/api/v1/accounts/{id}"),
            PATHS.matcher(HttpMethod.DELETE, "/api/v1/accounts/{id}/sessions"),
            PATHS.matcher(HttpMethod.DELETE, "/api/v1/tokens/{id}"),
            PATHS.matcher(HttpMethod.DELETE, "/api/v1/clients/{id}"),
            PATHS.matcher(HttpMethod.DELETE, "/api/v1/pipelines/{id}"));

    private final TenantTransactions transactions;
    private final StandingRepository standings;

    /** For as long as another node may let somebody read on. */
    private final Cache<UUID, Standing> believed = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(5))
            .build();

    Admission(TenantTransactions transactions, StandingRepository standings) {
        this.transactions = transactions;
        this.standings = standings;
    }

    /**
     * @throws Rejection 403 {@code tenant.suspended} or {@code tenant.deleted}, if the tenant's members may not ask this now
     * @throws TenantGoneException if the tenant was erased, or is about to be
     */
    void require(UUID tenantId, HttpServletRequest request) {
        require(tenantId, READING.matches(request) || TAKING_ACCESS.matches(request));
    }

    /**
     * @throws Rejection 403 {@code tenant.suspended}, if the tenant's members may not even come in now
     * @throws TenantGoneException if the tenant was erased, or is about to be
     */
    void requireOpen(UUID tenantId) {
        require(tenantId, true);
    }

    private void require(UUID tenantId, boolean alsoWhileDeleting) {
        Standing standing = standing(tenantId);
        switch (standing.state()) {
            case ACTIVE -> {}
            case SUSPENDED -> throw forbidden("tenant.suspended", "The tenant is suspended", standing);
            case DELETING -> {
                if (!alsoWhileDeleting) {
                    throw forbidden(
                            "tenant.deleted",
                            "The tenant was deleted and can only be read until it is erased",
                            standing);
                }
            }
            case ERASING -> throw new TenantGoneException();
        }
    }

    /**
     * What the members of a tenant may do at present.
     *
     * @throws TenantGoneException if the tenant was erased, or is about to be
     */
    TenantState state(UUID tenantId) {
        TenantState state = standing(tenantId).state();
        if (state == TenantState.ERASING) {
            throw new TenantGoneException();
        }
        return state;
    }

    /** Whether the tenant's members may come in now; strangers are not told why they may not. */
    boolean isOpen(UUID tenantId) {
        try {
            return switch (state(tenantId)) {
                case ACTIVE, DELETING -> true;
                case SUSPENDED, ERASING -> false;
            };
        } catch (TenantGoneException gone) {
            return false;
        }
    }

    private static Rejection forbidden(String code, String detail, Standing standing) {
        String why = standing.reason().map(": "::concat).orElse(".");
        return Rejection.of(HttpStatus.FORBIDDEN, code, detail + why, List.of());
    }

    private Standing standing(UUID tenantId) {
        Standing known = believed.getIfPresent(tenantId);
        if (known != null) {
            return known;
        }
        Standing found =
                transactions.read(tenantId, () -> standings.find(tenantId)).orElseThrow(TenantGoneException::new);
        believed.put(tenantId, found);
        return found;
    }

    @EventListener
    void forget(TenantChanged changed) {
        believed.invalidate(changed.tenantId());
    }

    /** Another node may have done it. */
    @EventListener
    void forget(AccessTaken taken) {
        believed.invalidate(taken.tenantId());
    }
}
