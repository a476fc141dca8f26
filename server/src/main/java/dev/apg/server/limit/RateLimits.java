package dev.apg.server.limit;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.springframework.stereotype.Component;

/**
 * Counts requests and refuses those that come too often; docs/limits.md has the rates. Tells in each answer what is left, after
 * draft-ietf-httpapi-ratelimit-headers.
 */
@Component
public class RateLimits {
    private static final String POLICY = "RateLimit-Policy";
    private static final String LEFT = "RateLimit";

    /** How much of an IPv6 address one customer has. */
    private static final int NETWORK_BYTES = 8;

    private record Kind(Holder holder, RequestClass of) {}

    private final Buckets buckets;
    private final boolean enabled;
    private final Map<Kind, Limit> limits = new HashMap<>();
    private final MeterProvider<Counter> refused;

    RateLimits(Settings settings, Buckets buckets, MeterRegistry meters) {
        this.buckets = buckets;
        this.enabled = settings.rateLimit().isPresent();
        settings.rateLimit().ifPresent(configured -> {
            for (Holder holder : Holder.values()) {
                for (RequestClass of : RequestClass.values()) {
                    limits.put(new Kind(holder, of), new Limit(configured, holder, of));
                }
            }
        });
        refused = Counter.builder("apg.rate_limit.refused")
                .description("Requests that came too often, by whose and of which class they were")
                .withRegistry(meters);
    }

    /** @throws Rejection 429 {@code rate_limit.exceeded}, if the client or its tenant asks too often */
    public void admit(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        if (enabled) {
            RequestClass of = RequestClass.of(request);
            String tenant = caller.tenantId().toString();
            take(
                    response,
                    List.of(
                            // What a client has sent too much is not the tenant's, so its own limit comes first.
                            quota(
                                    Holder.CLIENT,
                                    of,
                                    tenant + ":" + caller.actor().id()),
                            quota(Holder.TENANT, of, tenant)));
        }
    }

    /**
     * Counts a request with the platform's key: on its own, so that no stranger keeps the operator out.
     *
     * @throws Rejection 429 {@code rate_limit.exceeded}, if there were too many
     */
    void admitPlatform(HttpServletRequest request, HttpServletResponse response) {
        if (enabled) {
            take(response, List.of(quota(Holder.PLATFORM, RequestClass.of(request), "key")));
        }
    }

    /**
     * Counts a request of nobody, or of somebody who is not who they say: by address. To be asked after the token was looked
     * at, so that nobody who has a good one is kept out by others at the same address.
     *
     * @throws Rejection 429 {@code rate_limit.exceeded}, if there were too many
     */
    public void admitStranger(HttpServletRequest request, HttpServletResponse response) {
        if (enabled) {
            take(response, List.of(quota(Holder.ADDRESS, RequestClass.of(request), network(request.getRemoteAddr()))));
        }
    }

    private Quota quota(Holder holder, RequestClass of, String id) {
        return new Quota(Objects.requireNonNull(limits.get(new Kind(holder, of))), id);
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
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                    : address;
        } catch (IllegalArgumentException unknown) {
            return "unknown";
        }
    }
}
