package dev.apg.server.tenancy;

import java.util.function.Supplier;

/**
 * When it was found out who acts and what they may do, and how that is found out again: much can happen between then and the commit
 * of what they asked for.
 *
 * @param accessSeq number of the tenant's last event by then after which somebody may do other things than before
 * @param anew who they are now; inside a transaction of the tenant. Refuses whoever may not come in any more
 */
public record Judgement(long accessSeq, Supplier<Actor> anew) {
    /** Whether events up to this one may have made it another. */
    public boolean isBefore(long seq) {
        return accessSeq < seq;
    }

    /** Of an actor that nothing can make another: the system itself, or somebody who is let in by the transaction that asks. */
    public static Judgement lasting(Actor actor) {
        return new Judgement(Long.MAX_VALUE, () -> actor);
    }
}
