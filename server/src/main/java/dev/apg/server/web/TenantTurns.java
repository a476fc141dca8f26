package dev.apg.server.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;

/**
 * Lets a few long pieces of work run side by side on a node, one of each tenant at a time: a tenant that asks for much waits
 * for itself and keeps no place from another. First come, first served among those that may run.
 */
public final class TenantTurns {
    private final int atOnce;
    private final Set<UUID> running = new HashSet<>();
    private final Queue<Turn> waiting = new ArrayDeque<>();

    /** @param atOnce how many run side by side */
    public TenantTurns(int atOnce) {
        this.atOnce = atOnce;
    }

    /** The right to run, until it is closed. */
    public final class Turn implements AutoCloseable {
        private final UUID tenantId;

        private Turn(UUID tenantId) {
            this.tenantId = tenantId;
        }

        @Override
        public void close() {
            end(this);
        }
    }

    /**
     * Waits for a turn; empty if it does not come in time, or the thread is interrupted, which it then stays.
     *
     * @throws ClientGoneException if the request whose thread this is has lost its client meanwhile
     */
    public synchronized Optional<Turn> await(UUID tenantId, Duration longest) {
        ClientWatch client = ClientWatch.ofRequest();
        var turn = new Turn(tenantId);
        waiting.add(turn);
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (!isNext(turn)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return giveUp(turn);
                }
                wait(Math.min(left, ClientWatch.EVERY.toMillis()));
                if (client.isGone()) {
                    giveUp(turn);
                    throw new ClientGoneException();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return giveUp(turn);
        }
        waiting.remove(turn);
        running.add(tenantId);
        // There may be room for whoever is behind, too.
        notifyAll();
        return Optional.of(turn);
    }

    /** How many wait for their turn. */
    synchronized int waiting() {
        return waiting.size();
    }

    private boolean isNext(Turn turn) {
        if (running.size() >= atOnce) {
            return false;
        }
        Iterator<Turn> inOrder = waiting.iterator();
        while (inOrder.hasNext()) {
            Turn first = inOrder.next();
            if (!running.contains(first.tenantId)) {
                return first == turn;
            }
        }
        return false;
    }

    private Optional<Turn> giveUp(Turn turn) {
        waiting.remove(turn);
        notifyAll();
        return Optional.empty();
    }

    private synchronized void end(Turn turn) {
        running.remove(turn.tenantId);
        notifyAll();
    }
}
