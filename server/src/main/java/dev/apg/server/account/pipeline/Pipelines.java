package dev.apg.server.account.pipeline;

import dev.apg.contract.account.NewPipeline;
import dev.apg.contract.account.Pipeline;
import dev.apg.contract.canonical.Digest;
import dev.apg.server.account.MachineColumns;
import dev.apg.server.account.ReservedNames;
import dev.apg.server.event.Journal;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.issuer.IdentityToken;
import dev.apg.server.issuer.IssuerException;
import dev.apg.server.issuer.Issuers;
import dev.apg.server.platform.Glob;
import dev.apg.server.platform.Ids;
import dev.apg.server.platform.StoredText;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.team.MemberSearch;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** A tenant's pipelines: jobs of CI services that publish with identity tokens of these. */
@Service
public class Pipelines {
    /** Of a claim in the audit log; all that tells a job from others fits. */
    private static final int LONGEST_TOLD = 200;

    /** What identity tokens of CI services say about their jobs; others are told only if the pipeline asks for them. */
    private static final List<String> TELLING = List.of(
            "sub",
            "repository",
            "project_path",
            "ref",
            "sha",
            "environment",
            "workflow_ref",
            "job_workflow_ref",
            "ci_config_ref_uri",
            "run_id",
            "run_attempt",
            "pipeline_id",
            "job_id",
            "actor",
            "user_login");

    /** After this an expired token is refused as such, also where clocks differ. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    /** Beyond this nobody remembers whether a token was exchanged before. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final TenantTransactions transactions;
    private final Writes writes;
    private final PipelineRepository pipelines;
    private final Issuers issuers;
    private final String ownAddress;

    Pipelines(
            TenantTransactions transactions,
            Writes writes,
            PipelineRepository pipelines,
            Issuers issuers,
            Settings settings) {
        this.transactions = transactions;
        this.writes = writes;
        this.pipelines = pipelines;
        this.issuers = issuers;
        this.ownAddress = settings.accessTokens().issuer();
    }

    /**
     * Trusts a pipeline.
     *
     * @throws Rejection 422 {@code pipeline.issuer}, {@code pipeline.claims} or {@code name.reserved}
     */
    Written<Pipeline> create(TenantContext context, NewPipeline wanted) {
        context.require(Permission.TOKEN_ADMINISTER);
        // Nobody gives away more than they may do themselves.
        context.require(Permission.CAPABILITY_PUBLISH);
        ReservedNames.refuse("label", wanted.label());
        PipelineRules.check(issuers, wanted);
        var id = new PipelineId(context.tenantId(), Ids.next());
        return writes.write(context, journal -> {
            String audience = wanted.audience() == null ? ownAddress : wanted.audience();
            Pipeline pipeline = pipelines.insert(id, wanted, audience, MachineColumns.issuedBy(context));
            journal.record(mutation("pipeline.created", pipeline));
            return pipeline;
        });
    }

    /** Revokes a pipeline and all access tokens of its jobs. Revoking it again changes nothing. */
    Written<UUID> revoke(TenantContext context, UUID id) {
        return writes.write(context, journal -> {
            revoke(journal, context, id);
            return id;
        });
    }

    /** In the caller's write. */
    public void revoke(Journal journal, TenantContext context, UUID id) {
        context.require(Permission.TOKEN_ADMINISTER);
        context.require(Permission.CAPABILITY_PUBLISH);
        Optional<Pipeline> revoked = pipelines.revoke(context.tenantId(), id);
        if (revoked.isEmpty() && pipelines.find(context.tenantId(), id).isEmpty()) {
            throw unknown(id);
        }
        revoked.ifPresent(pipeline -> journal.record(mutation("pipeline.revoked", pipeline)));
    }

    private static Rejection unknown(UUID id) {
        return Rejection.notFound("pipeline", id.toString());
    }

    private static Mutation mutation(String type, Pipeline pipeline) {
        return new Mutation(
                type,
                "pipeline",
                pipeline.id(),
                pipeline.label(),
                Map.of("issuer", pipeline.issuer()),
                Optional.empty(),
                Optional.of(pipeline));
    }

    Pipeline show(TenantContext context, UUID id) {
        context.require(Permission.TOKEN_ADMINISTER);
        return transactions
                .read(context.tenantId(), () -> pipelines.find(context.tenantId(), id))
                .orElseThrow(() -> unknown(id));
    }

    /** A tenant's pipelines, revoked ones included, newest first. */
    record PipelineList(List<Pipeline> pipelines, long count) {}

    PipelineList listPipelines(TenantContext context, Optional<UUID> before, int limit) {
        context.require(Permission.TOKEN_ADMINISTER);
        return transactions.read(
                context.tenantId(),
                () -> new PipelineList(
                        pipelines.list(context.tenantId(), before, limit), pipelines.count(context.tenantId())));
    }

    @EventListener
    void tellNames(MemberSearch search) {
        pipelines.labels(search.tenantId(), search.sought(ActorKind.PIPELINE)).forEach(search::found);
    }

    /** One that is not revoked; in a transaction of its tenant. */
    public Optional<Pipeline> find(UUID tenantId, UUID id) {
        return pipelines.find(tenantId, id).filter(pipeline -> pipeline.revokedAt() == null);
    }

    /** When some of them were last used; in a transaction of their tenant. */
    public void noteUses(UUID tenantId, Map<UUID, Instant> uses) {
        List<UUID> ids = List.copyOf(uses.keySet());
        pipelines.noteUses(
                tenantId,
                ids,
                ids.stream().map(uses::get).map(Instant.class::cast).toList());
    }

    /**
     * Checks that a token is one of a pipeline's jobs, and says what is told of that job.
     *
     * @throws JobRefusedException if it is none
     * @throws IssuerException if the issuer cannot be asked
     */
    public Job prove(Pipeline pipeline, String text) throws IssuerException, JobRefusedException {
        IdentityToken token;
        try {
            token = issuers.verify(pipeline.issuer(), pipeline.audience(), text);
        } catch (IssuerException refused) {
            if (refused.reason() == IssuerException.Reason.ISSUER) {
                throw refused;
            }
            throw new JobRefusedException(refused.getMessage());
        }
        List<String> others = pipeline.claims().entrySet().stream()
                .filter(claim -> token.text(claim.getKey())
                        .filter(new Glob(claim.getValue())::matches)
                        .isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            throw new JobRefusedException(
                    "The token is not one of this pipeline's jobs: it says something else, or nothing, of %s (expected: what the pipeline was made with)."
                            .formatted(String.join(", ", others)));
        }
        if (token.expiresAt().isAfter(Instant.now().plus(LONGEST))) {
            throw new JobRefusedException(
                    "The token is valid for too long (expected: at most %d hours).".formatted(LONGEST.toHours()));
        }
        return new Job(told(pipeline, token), identity(token, text), token.expiresAt());
    }

    /** By the id that the issuer gave it, or else by all that is signed of it. */
    private static Digest identity(IdentityToken token, String text) {
        String id = token.text("jti").orElseGet(() -> text.substring(0, text.lastIndexOf('.')));
        return Digest.of((token.issuer() + "\n" + id).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> told(Pipeline pipeline, IdentityToken token) throws JobRefusedException {
        Map<String, Object> told = new LinkedHashMap<>();
        List<String> names = Stream.concat(
                        TELLING.stream(), pipeline.claims().keySet().stream().sorted())
                .distinct()
                .toList();
        for (String name : names) {
            Optional<String> value = token.text(name);
            if (value.isPresent()) {
                told.put(name, shortened(name, value.get()));
            }
        }
        return told;
    }

    private static String shortened(String claim, String value) throws JobRefusedException {
        if (!StoredText.isFit(value)) {
            throw new JobRefusedException(
                    "The token says of %s what is no text (expected: one without NUL characters and half surrogate pairs)."
                            .formatted(claim));
        }
        int end = Math.min(value.length(), LONGEST_TOLD);
        boolean split = end < value.length() && Character.isLowSurrogate(value.charAt(end));
        return value.substring(0, split ? end - 1 : end);
    }

    /**
     * Takes a job's token, which is then used up.
     *
     * @throws JobRefusedException if it was exchanged before
     */
    public void takeOnce(PipelineId id, Job job) throws JobRefusedException {
        boolean first = transactions.write(
                id.tenantId(),
                () -> pipelines.takeOnce(
                        id, job.identity(), job.expiresAt(), Instant.now().minus(FORGOTTEN)));
        if (!first) {
            throw new JobRefusedException("The token was exchanged before (expected: a new one for each exchange).");
        }
    }
}
