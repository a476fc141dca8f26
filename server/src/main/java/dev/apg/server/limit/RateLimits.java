package dev.apg.server.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.apg.contract.tenant.Rates;
import dev.apg.server.platform.ClientNetwork;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Counts requests and refuses those that come too often; docs/limits.md has the rates. Tells in each answer what is left, after
 * draft-ietf-httpapi-ratelimit-headers.
 */
@Component
public class RateLimits {
    private static final String POLICY = "RateLimit-Policy";
    private static final String LEFT = "RateLimit";

    /** Beyond it those are forgotten that were not asked for longest. */
    private static final int MOST_LIMITS = 100_000;

    private record Rated(Settings.RateLimit rate, Holder holder, RequestClass of) {}

    private final Buckets buckets;
    private final TenantRates rates;
    private final Optional<Settings.RateLimit> configured;

    /** One limit of each rate and kind: counting begins anew with another one. */
    private final LoadingCache<Rated, Limit> limits = Caffeine.newBuilder()
            .maximumSize(MOST_LIMITS)
            .build(rated -> new Limit(rated.rate(), rated.holder(), rated.of()));

    private final MeterProvider<Counter> refused;

    RateLimits(Settings settings, TenantRates rates, Buckets buckets, MeterRegistry meters) {
        this.buckets = buckets;
        this.rates = rates;
        this.configured = settings.rateLimit();
        refused = Counter.builder("apg.rate_limit.refused")
                .description("Requests that came too often, by whose and of which class they were")
                .withRegistry(meters);
    }

    /** @throws Rejection 429 {@code rate_limit.exceeded}, if the client or its tenant asks too often */
    public void admit(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        configured.map(byDefault -> rate(byDefault, caller)).ifPresent(rate -> {
            RequestClass of = RequestClass.of(request);
            String tenant = caller.tenantId().toString();
            take(
                    response,
                    List.of(
                            // What a client has sent too much is not the tenant's, so its own limit comes first.
                            quota(
                                    rate,
                                    Holder.CLIENT,
                                    of,
                                    tenant + ":" + caller.actor().id()),
                            quota(rate, Holder.TENANT, of, tenant)));
        });
    }

    /**
     * Counts a request with the platform's key: on its own, so that no stranger keeps the operator out.
     *
     * @throws Rejection 429 {@code rate_limit.exceeded}, if there were too many
     */
    void admitPlatform(HttpServletRequest request, HttpServletResponse response) {
        configured.ifPresent(
                rate -> take(response, List.of(quota(rate, Holder.PLATFORM, RequestClass.of(request), "key"))));
    }

    /**
     * Counts a request of nobody, or of somebody who is not who they say: by address. To be asked after the token was looked
     * at, so that nobody who has a good one is kept out by others at the same address.
     *
     * @throws Rejection 429 {@code rate_limit.exceeded}, if there were too many
     */
    public void admitStranger(HttpServletRequest request, HttpServletResponse response) {
        configured.ifPresent(rate -> take(response, List.of(ofAddress(rate, request))));
    }

    /**
     * Does what fails for whoever only guesses. Each attempt is counted before it is made, so that beyond the limit a guess costs nothing
     * and tells nothing, and given back if it was none.
     *
     * @throws Rejection 429 {@code rate_limit.exceeded}, if there were too many, however right this one is
     */
    public <T> T countFailure(HttpServletRequest request, HttpServletResponse response, Supplier<T> attempt) {
        admitStranger(request, response);
        T done = attempt.get();
        configured.ifPresent(rate -> buckets.giveBack(ofAddress(rate, request)));
        return done;
    }

    private Quota ofAddress(Settings.RateLimit rate, HttpServletRequest request) {
        return quota(rate, Holder.ADDRESS, RequestClass.of(request), network(request.getRemoteAddr()));
    }

    private Settings.RateLimit rate(Settings.RateLimit byDefault, Caller caller) {
        Rates own = rates.of(caller.tenantId());
        return new Settings.RateLimit(
                Objects.requireNonNullElse(own.requestsPerMinute(), byDefault.requestsPerMinute()),
                Objects.requireNonNullElse(own.burst(), byDefault.burst()));
    }

    private Quota quota(Settings.RateLimit rate, Holder holder, RequestClass of, String id) {
        return new Quota(limits.get(new Rated(rate, holder, of)), id);
    }

    private void take(HttpServletResponse response, List<Quota> quotas) {
        var policies = new StringJoiner(", ");
        quotas.forEach(quota -> policies.add(quota.limit().policy()));
        response.setHeader(POLICY, policies.toString());
        var left = new StringJoiner(", ");
        for (Quota quota : quotas) {
            ConsumptionProbe taken = buckets.take(quota);
            left.add(quota.limit().left(taken));
            if (!taken.isConsumed()) {
                response.setHeader(LEFT, left.toString());
                throw refuse(quota.limit(), Duration.ofSeconds(Limit.seconds(taken.getNanosToWaitForRefill())));
            }
        }
        response.setHeader(LEFT, left.toString());
    }

    private Rejection refuse(Limit limit, Duration wait) {
        refused.withTags("limit", limit.holder().wire(), "class", limit.of().wire())
                .increment();
        return Rejection.tooMany(
                "rate_limit.exceeded",
                "%s sent too many requests %s (expected: at most %d a minute, and %d at once; the next in %d s)"
                        .formatted(
                                limit.holder().words(),
                                limit.of().words(),
                                limit.rate().perMinute(),
                                limit.rate().burst(),
                                wait.toSeconds()),
                wait);
    }

    /** An address; of an IPv6 address the network, because who has one has all of its addresses. */
    public static String network(String address) {
        try {
            return ClientNetwork.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException unknown) {
            return "unknown";
        }
    }
}
