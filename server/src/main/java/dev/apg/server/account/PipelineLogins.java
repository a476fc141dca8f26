package dev.apg.server.account;

import dev.apg.contract.account.AccessToken;
import dev.apg.contract.account.Pipeline;
import dev.apg.contract.tenant.TenantState;
import dev.apg.server.account.TokenRefused.Reason;
import dev.apg.server.account.pipeline.Job;
import dev.apg.server.account.pipeline.JobRefusedException;
import dev.apg.server.account.pipeline.PipelineId;
import dev.apg.server.account.pipeline.Pipelines;
import dev.apg.server.audit.Logins;
import dev.apg.server.issuer.IssuerException;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.signing.AccessTokens;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantGoneException;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Caller;
import dev.apg.server.web.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Gives jobs of pipelines access tokens for their identity tokens (RFC 8693), each of which is good for one. Each is a login, and
 * written down before the job has it.
 */
@Service
class PipelineLogins {
    /** What every pipeline may do; no tenant's role, so that no change of one gives it more. */
    static final Role ROLE = new Role("pipeline", Set.of(Permission.CAPABILITY_PUBLISH));

    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Set<String> SUBJECT_TYPES =
            Set.of("urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:jwt");
    private static final String PIPELINE = "pipeline";

    /** A job publishes and ends. */
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final Pipelines pipelines;
    private final TenantTransactions transactions;
    private final AccessTokens tokens;
    private final Logins logins;
    private final Admission admission;
    private final RateLimits limits;

    PipelineLogins(
            Pipelines pipelines,
            TenantTransactions transactions,
            AccessTokens tokens,
            Logins logins,
            Admission admission,
            RateLimits limits) {
        this.pipelines = pipelines;
        this.transactions = transactions;
        this.tokens = tokens;
        this.logins = logins;
        this.admission = admission;
        this.limits = limits;
    }

    /**
     * @throws TokenRefused if there is no token for this request
     * @throws Rejection 503 {@code issuer.away}; 429 {@code rate_limit.exceeded}
     */
    AccessToken exchange(HttpServletRequest request, HttpServletResponse response, TokenParameters parameters) {
        String subject = required(parameters, "subject_token", "the identity token of the job");
        String type = required(parameters, "subject_token_type", "urn:ietf:params:oauth:token-type:id_token");
        if (!SUBJECT_TYPES.contains(type)) {
            throw new TokenRefused(
                    Reason.INVALID_REQUEST,
                    "This subject_token_type is not taken (expected: urn:ietf:params:oauth:token-type:id_token).");
        }
        if (parameters
                .value("requested_token_type")
                .filter(wanted -> !wanted.equals(ACCESS_TOKEN))
                .isPresent()) {
            throw new TokenRefused(
                    Reason.INVALID_REQUEST,
                    "There are only access tokens (expected: no requested_token_type, or " + ACCESS_TOKEN + ").");
        }
        PipelineId id = PipelineId.parse(required(parameters, "client_id", "that of the pipeline"))
                .orElseThrow(PipelineLogins::unknown);
        TenantState state = state(id.tenantId());
        Pipeline pipeline = transactions
                .read(id.tenantId(), () -> pipelines.find(id.tenantId(), id.id()))
                .orElseThrow(PipelineLogins::unknown);
        Job job = proven(request, id, pipeline, subject);
        if (state == TenantState.SUSPENDED) {
            throw TokenRefused.suspended();
        }
        var caller = new Caller(id.tenantId(), new Actor(id.id(), ActorKind.PIPELINE, pipeline.label(), ROLE));
        limits.admit(caller, request, response);
        String scope = scope(parameters.value("scope"));
        take(request, id, pipeline, job);
        AccessTokens.Made made = tokens.make(id.tenantId(), id.text(), List.of(scope), LIFETIME);
        logins.succeeded(
                caller.context(request),
                PIPELINE,
                pipeline.label(),
                new TreeMap<>(
                        Map.of("token", made.id(), "scope", scope, "expires_at", made.expiresAt(), "job", job.told())));
        return new AccessToken(made.text(), "Bearer", made.lifetime().toSeconds(), scope, ACCESS_TOKEN);
    }

    private static String required(TokenParameters parameters, String name, String expected) {
        return parameters
                .value(name)
                .orElseThrow(() -> new TokenRefused(
                        Reason.INVALID_REQUEST, "%s is missing (expected: %s).".formatted(name, expected)));
    }

    /** Whoever it was: that there is one with this id, only those learn who have its jobs. */
    private static TokenRefused unknown() {
        return new TokenRefused(
                Reason.INVALID_CLIENT,
                "There is no such pipeline, or it was revoked (expected: client_id of POST /api/v1/pipelines).");
    }

    /** Of a tenant that is gone there are no pipelines, either. */
    private TenantState state(UUID tenantId) {
        try {
            return admission.state(tenantId);
        } catch (TenantGoneException gone) {
            throw unknown();
        }
    }

    private Job proven(HttpServletRequest request, PipelineId id, Pipeline pipeline, String subject) {
        try {
            return pipelines.prove(pipeline, subject);
        } catch (JobRefusedException refused) {
            throw refused(request, id, pipeline, refused);
        } catch (IssuerException away) {
            throw Rejection.unavailable(
                    "issuer.away",
                    "The issuer of the identity tokens of this pipeline cannot be asked at present, or does not answer as one.",
                    Duration.ofSeconds(5));
        }
    }

    private void take(HttpServletRequest request, PipelineId id, Pipeline pipeline, Job job) {
        try {
            pipelines.takeOnce(id, job);
        } catch (JobRefusedException refused) {
            throw refused(request, id, pipeline, refused);
        }
    }

    private TokenRefused refused(
            HttpServletRequest request, PipelineId id, Pipeline pipeline, JobRefusedException refused) {
        logins.failed(Caller.unproven(id.tenantId()).context(request), PIPELINE, pipeline.label());
        return new TokenRefused(Reason.INVALID_GRANT, plain(refused.getMessage()));
    }

    /** Of visible ASCII the standard allows all but quotes and backslashes. */
    private static String plain(String sentence) {
        return sentence.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "?");
    }

    private static String scope(Optional<String> requested) {
        String only = Permission.CAPABILITY_PUBLISH.wire();
        if (requested.filter(scope -> !scope.strip().equals(only)).isPresent()) {
            throw new TokenRefused(
                    Reason.INVALID_SCOPE, "scope names what a pipeline may not do (expected: %s).".formatted(only));
        }
        return only;
    }
}
