package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.ImportProgress;
import dev.apg.contract.capability.ImportReport;
import dev.apg.contract.capability.VersionState;
import dev.apg.server.capability.Planner.Accepted;
import dev.apg.server.capability.Planner.Decision;
import dev.apg.server.capability.Planner.Denied;
import dev.apg.server.capability.Planner.Outcome;
import dev.apg.server.capability.Planner.Refused;
import dev.apg.server.capability.document.VersionChecks;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.DocumentReader;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.ReservedFile;
import dev.apg.server.web.ScratchFile;
import dev.apg.server.web.TenantTurns;
import dev.apg.server.web.TenantTurns.Turn;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Publishes many versions at once: all of them or none. */
@Service
class ImportService {
    /** Imports that a node runs side by side; each may need a few hundred megabytes. */
    private static final int AT_ONCE = 2;

    /** How long an import that was received waits until it may run. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** Threads that check the versions of one import; the one that reads waits for them most of the time. */
    private static final int CHECKERS = Runtime.getRuntime().availableProcessors();

    /** Platform threads: a check keeps a processor busy, and requests on virtual threads must not wait for it. */
    private static final ThreadFactory CHECKER =
            Thread.ofPlatform().daemon().name("import-", 0).factory();

    private final VersionChecks checks;
    private final DocumentReader reader;
    private final NameGuesses guesses;
    private final Planner planning;
    private final PlanWriter writer;
    private final Writes writes;
    private final TenantTransactions transactions;
    private final Path directory;
    private final ImportReception reception;
    private final FirstOwners owners;

    /** Whoever sent everything first runs first. */
    private final TenantTurns running = new TenantTurns(AT_ONCE);

    ImportService(
            VersionChecks checks,
            DocumentReader reader,
            NameGuesses guesses,
            Planner planning,
            PlanWriter writer,
            Writes writes,
            TenantTransactions transactions,
            ImportReception reception,
            FirstOwners owners,
            Settings settings) {
        this.checks = checks;
        this.reader = reader;
        this.guesses = guesses;
        this.planning = planning;
        this.writer = writer;
        this.writes = writes;
        this.transactions = transactions;
        this.reception = reception;
        this.owners = owners;
        this.directory = settings.dataDirectory();
    }

    /** How the documents are written one behind the other. */
    enum Form {
        JSON_LINES,
        YAML
    }

    /**
     * @param ownedBy whose the capabilities shall be that are new
     * @param progress is told now and then; never more than a few hundred times
     * @throws Rejection 422 with the errors of the whole batch, then nothing was written; 503 {@code import.busy}; 408
     *     {@code body.too_slow}
     */
    ImportReport run(
            TenantContext context,
            InputStream body,
            Form form,
            boolean dryRun,
            Optional<String> ownedBy,
            Consumer<ImportProgress> progress) {
        context.require(Permission.CAPABILITY_PUBLISH);
        var submission = new Submission(context, owners.find(context, ownedBy));
        // Only what is here completely takes one of the few places: nobody waits for another's slow line.
        try (ReservedFile received = reception.receive(context, body)) {
            Turn turn = awaitTurn(context);
            try (turn) {
                return run(submission, received.file(), form, dryRun, progress);
            }
        }
    }

    private Turn awaitTurn(TenantContext context) {
        return running.await(context.tenantId(), LONGEST_WAIT)
                .orElseThrow(() -> Rejection.unavailable(
                        "import.busy",
                        "This node runs as many imports as it may already (at most 1 of a tenant, %d in all)."
                                .formatted(AT_ONCE),
                        Duration.ofSeconds(5)));
    }

    private ImportReport run(
            Submission submission, ScratchFile received, Form form, boolean dryRun, Consumer<ImportProgress> progress) {
        TenantContext context = submission.by();
        try (var staging = Staging.in(directory);
                ExecutorService checkers = Executors.newFixedThreadPool(CHECKERS, CHECKER)) {
            var batch = new ImportBatch(submission, staging, checks, reader, checkers);
            ImportReader.read(received.content(), form, batch, progress);
            batch.takeAll();
            requireStatePermissions(context, batch.submission());
            return dryRun ? examine(context, batch) : write(context, batch, progress);
        } catch (RefusedBatchException refused) {
            throw rejection(refused.errors(), context);
        }
    }

    private static void requireStatePermissions(TenantContext context, Submission submission) {
        if (!submission.standings().isEmpty()
                || submission.capabilities().values().stream().anyMatch(described -> described.status() != null)) {
            context.require(Permission.CAPABILITY_EDIT);
        }
        if (submission.standings().values().stream().anyMatch(standing -> standing.state() == VersionState.PURGED)) {
            context.require(Permission.CAPABILITY_PURGE);
        }
    }

    private ImportReport examine(TenantContext context, ImportBatch batch) {
        ImportOutcome outcome = transactions.readLong(context.tenantId(), () -> {
            Decision decision =
                    planning.decide(context.tenantId(), List.of(batch.submission()), Registered.Guarding.READ);
            Accepted accepted = accepted(batch, decision);
            writes.requireRoom(context, decision.plan().growth());
            return ImportOutcome.of(batch.submission(), decision, accepted);
        });
        return outcome.report(batch, true, Optional.empty());
    }

    private ImportReport write(TenantContext context, ImportBatch batch, Consumer<ImportProgress> progress) {
        Written<ImportOutcome> written = writes.writeLong(context, journal -> {
            Decision decision =
                    planning.decide(context.tenantId(), List.of(batch.submission()), Registered.Guarding.HELD);
            Accepted accepted = accepted(batch, decision);
            int total = decision.plan().versions.size();
            var teller = new Teller(progress, total);
            writer.write(context.tenantId(), decision.plan(), journal, teller::tell);
            return ImportOutcome.of(batch.submission(), decision, accepted);
        });
        return written.value().report(batch, false, Optional.of(written.cursor().toString()));
    }

    private static final class Teller {
        private final Consumer<ImportProgress> progress;
        private final long total;
        private long told;

        Teller(Consumer<ImportProgress> progress, long total) {
            this.progress = progress;
            this.total = total;
        }

        void tell(long done) {
            if (done - told >= ImportReader.TELL_EVERY) {
                told = done;
                progress.accept(ImportProgress.writing(done, total));
            }
        }
    }

    /** Errors of the documents and errors against the registry are told together. */
    private static Accepted accepted(ImportBatch batch, Decision decision) {
        Outcome outcome = decision.outcomes().getFirst();
        var all = new Bounded<FieldError>(Judgement.MOST_ERRORS);
        all.addAll(batch.errors());
        switch (outcome) {
            case Refused refused -> all.addAll(refused.errors());
            case Denied denied -> {
                if (all.isEmpty()) {
                    throw denied.denial();
                }
                denied.denial().errors().forEach(all::add);
            }
            case Accepted ignored -> {}
        }
        if (!all.isEmpty() || !(outcome instanceof Accepted accepted)) {
            throw new RefusedBatchException(all);
        }
        return accepted;
    }

    private Rejection rejection(Bounded<FieldError> errors, TenantContext context) {
        List<FieldError> first = errors.first();
        String number = errors.total() == 1 ? "1 error" : errors.total() + " errors";
        String listed =
                errors.total() > first.size() ? ", of which the first %d are listed".formatted(first.size()) : "";
        return Rejection.of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "import.invalid",
                "Nothing was imported: %s%s.".formatted(number, listed),
                guesses.addedTo(first, context));
    }
}
