package dev.apg.server.capability;

import dev.apg.server.capability.Planner.Decision;
import dev.apg.server.capability.Planner.Outcome;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.web.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.stereotype.Component;

/**
 * Commits what waits together. A tenant's counter is locked from a write's last statement until its commit is on disk, so
 * one commit at a time is as fast as the disk flushes; publishers that arrive during a flush share the next one. Each
 * submission is still judged on its own, in the order of arrival, and has audit entries and events of its own.
 */
@Component
class PublishQueue {
    /** Submissions of one commit; bounds how long the first of them waits for the last. */
    private static final int MOST_AT_ONCE = 64;

    private final Writes writes;
    private final Planner planning;
    private final PlanWriter writer;
    private final Map<UUID, TenantQueue> tenants = new ConcurrentHashMap<>();

    PublishQueue(Writes writes, Planner planning, PlanWriter writer) {
        this.writes = writes;
        this.planning = planning;
        this.writer = writer;
    }

    private record Waiting(Submission submission, CompletableFuture<Written<Outcome>> answer) {}

    /** Publishes and waits for the commit. The outcome's cursor is that of the whole commit, so at least its own. */
    Written<Outcome> publish(Submission submission) {
        var waiting = new Waiting(submission, new CompletableFuture<>());
        tenants.computeIfAbsent(submission.by().tenantId(), id -> new TenantQueue())
                .add(waiting);
        try {
            return waiting.answer().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private final class TenantQueue {
        private final Queue<Waiting> queue = new ArrayDeque<>();
        private boolean committing;

        void add(Waiting waiting) {
            synchronized (queue) {
                queue.add(waiting);
                if (committing) {
                    return;
                }
                committing = true;
            }
            Thread.ofVirtual().name("publish").start(this::commitAll);
        }

        private void commitAll() {
            for (List<Waiting> next = next(); !next.isEmpty(); next = next()) {
                commit(next);
            }
        }

        private List<Waiting> next() {
            synchronized (queue) {
                List<Waiting> next = new ArrayList<>();
                while (next.size() < MOST_AT_ONCE) {
                    @Nullable Waiting waiting = queue.poll();
                    if (waiting == null) {
                        break;
                    }
                    next.add(waiting);
                }
                committing = !next.isEmpty();
                return next;
            }
        }
    }

    private void commit(List<Waiting> together) {
        try {
            Written<List<Outcome>> written = write(together);
            for (int i = 0; i < together.size(); i++) {
                together.get(i).answer().complete(new Written<>(written.value().get(i), written.cursor()));
            }
        } catch (RuntimeException failed) {
            if (together.size() > 1 && isOfOne(failed)) {
                together.forEach(waiting -> commit(List.of(waiting)));
            } else {
                together.forEach(waiting -> waiting.answer().completeExceptionally(failed));
            }
        } catch (Error error) {
            // Not thrown on: whoever waits behind would wait for ever.
            together.forEach(waiting -> waiting.answer().completeExceptionally(error));
        }
    }

    /** Whether the database refused what one of them sent, or all together are more than the tenant may have, so that the others deserve a try of their own. */
    private static boolean isOfOne(RuntimeException failed) {
        return failed instanceof Rejection
                || failed instanceof NonTransientDataAccessException
                        && !(failed instanceof NonTransientDataAccessResourceException);
    }

    private Written<List<Outcome>> write(List<Waiting> together) {
        List<Submission> submissions =
                together.stream().map(Waiting::submission).toList();
        var first = submissions.getFirst().by();
        return writes.write(first, journal -> {
            Decision decision = planning.decide(first.tenantId(), submissions, Registered.Guarding.HELD);
            writer.write(first.tenantId(), decision.plan(), journal, done -> {});
            return decision.outcomes();
        });
    }
}
