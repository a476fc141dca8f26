package dev.apg.resolver;

import dev.apg.resolver.engine.Chooser;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.Needs;
import dev.apg.resolver.engine.RuleOrder;
import dev.apg.resolver.engine.Solver;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The choice rule where removals cost something: the bound on costs may then force a version of the previous lock to
 * stay that no need would have led to. It stays if something chosen needs the like of it, for nothing is in a lock
 * without a reason: a version that stays gets a clause that says who has to be there, and a circle of versions that only
 * need each other is forbidden by another one (a loop formula, after F. Lin and Y. Zhao, ASSAT, 2004).
 */
final class Keeping implements Chooser {
    private final Encoding encoding;
    private final RuleOrder order;
    private final Supporters supporters;

    /** Versions of which a clause says who has to be there. */
    private final Set<Integer> explained = new HashSet<>();

    /** By variable, the first need of the request that it meets; and up to which need that is known. */
    private final IntMap asked = new IntMap();

    private int known;

    /** Up to where everything true on the trail is chosen. */
    private int seen;

    /** Up to where it is settled what becomes of the capabilities of the lock. */
    private int settled;

    private final IntList saved = new IntList();

    Keeping(Universe universe, Encoding encoding, RuleOrder order) {
        this.encoding = encoding;
        this.order = order;
        this.supporters = new Supporters(universe, encoding);
    }

    @Override
    public int next() {
        while (true) {
            int literal = order.next();
            if (literal != DONE) {
                return literal;
            }
            literal = decideRemoval();
            if (literal != DONE) {
                return literal;
            }
            Set<Integer> unreached = unreached();
            // Sorted anew each time, which must not be for nothing where a large lock hangs in the air.
            encoding.solver.step(16L * unreached.size());
            if (unreached.isEmpty()) {
                return DONE;
            }
            if (explain(unreached)) {
                return RESTART;
            }
            literal = support(unreached);
            if (literal != DONE) {
                return literal;
            }
        }
    }

    /** What was in the lock and is not chosen is removed; where that costs too much, one of its versions stays. */
    private int decideRemoval() {
        Solver solver = encoding.solver;
        List<Pricing.Lockable> lockables = encoding.pricing().lockables();
        for (; settled < lockables.size(); settled++) {
            Pricing.Lockable lockable = lockables.get(settled);
            if (isAnyTrue(lockable)) {
                continue;
            }
            if (solver.isOpen(lockable.removed())) {
                return Literal.is(lockable.removed());
            }
            if (solver.isFalse(lockable.removed())) {
                return Literal.is(stayingVersion(lockable));
            }
        }
        return DONE;
    }

    /** The locked version if it is possible, else the newest that is; the clause of the removal leaves at least two. */
    private int stayingVersion(Pricing.Lockable lockable) {
        int newest = -1;
        for (int i = 0; i < lockable.block().size(); i++) {
            int variable = lockable.first() + i;
            if (encoding.solver.isOpen(variable)) {
                newest = variable;
                if (encoding.isLocked(variable)) {
                    return variable;
                }
            }
        }
        return newest;
    }

    private boolean isAnyTrue(Pricing.Lockable lockable) {
        for (int i = 0; i < lockable.block().size(); i++) {
            if (encoding.solver.isTrue(lockable.first() + i)) {
                return true;
            }
        }
        return false;
    }

    /** Versions that must be chosen and that no need led to. */
    private Set<Integer> unreached() {
        Set<Integer> found = new TreeSet<>();
        Solver solver = encoding.solver;
        for (int i = seen; i < solver.trailSize(); i++) {
            int literal = solver.trailAt(i);
            int variable = Literal.variable(literal);
            if (Literal.isPositive(literal) && encoding.blockOf(variable) != null && !order.isChosen(variable)) {
                found.add(variable);
            } else if (found.isEmpty()) {
                seen = i + 1;
            }
        }
        return found;
    }

    /** Says of each version who has to be there if it is; whether that is news. */
    private boolean explain(Set<Integer> unreached) {
        boolean news = false;
        for (int variable : unreached) {
            if (explained.add(variable) && needOfRequest(variable) == RuleOrder.NO_NEED) {
                requireOne(variable, supporters.of(variable));
                news = true;
            }
        }
        return news;
    }

    /**
     * Adopts one of these versions, or tries something that would lead to one; first those that stay, for what else must
     * be chosen shows sooner or later, as the search happens to learn it.
     */
    private int support(Set<Integer> unreached) {
        List<Integer> goals = unreached.stream()
                .filter(encoding::isOfPrevious)
                .sorted(supporters.order)
                .toList();
        if (goals.isEmpty()) {
            goals = unreached.stream().sorted(supporters.order).toList();
        }
        if (adoptOne(goals)) {
            return DONE;
        }
        Set<Integer> way = new LinkedHashSet<>();
        int at = goals.getFirst();
        while (way.add(at)) {
            int next = supporters.of(at).stream()
                    .filter(each -> !encoding.solver.isFalse(each) && !way.contains(each))
                    .findFirst()
                    .orElse(at);
            if (encoding.solver.isOpen(next)) {
                return Literal.is(next);
            }
            if (adoptOne(List.of(next))) {
                return DONE;
            }
            at = next;
        }
        return leaveCircle(unreached);
    }

    private boolean adoptOne(Collection<Integer> goals) {
        for (int goal : goals) {
            int need = needFor(goal);
            if (need != RuleOrder.NO_NEED) {
                order.adopt(goal, need);
                return true;
            }
        }
        return false;
    }

    /** The first need of the request that a version meets. */
    private int needOfRequest(int goal) {
        Needs needs = encoding.needs;
        int end = needs.to(encoding.requestVariable);
        known = Math.max(known, needs.from(encoding.requestVariable));
        for (; known < end; known++) {
            for (int at = needs.start(known); at < needs.end(known); at++) {
                if (asked.get(needs.candidate(at)) == RuleOrder.NO_NEED) {
                    asked.put(needs.candidate(at), known);
                }
            }
            encoding.solver.step(1 + ((needs.end(known) - needs.start(known)) >> 4));
        }
        return asked.get(goal);
    }

    /** A need of the request or of something chosen that a version meets. */
    private int needFor(int goal) {
        int need = needOfRequest(goal);
        for (int supporter : supporters.of(goal)) {
            if (need != RuleOrder.NO_NEED) {
                break;
            }
            encoding.solver.step(1);
            if (order.isChosen(supporter)) {
                need = needFor(goal, supporter);
            }
        }
        return need;
    }

    private int needFor(int goal, int consumer) {
        Needs needs = encoding.needs;
        for (int need = needs.from(consumer); need < needs.to(consumer); need++) {
            for (int at = needs.start(need); at < needs.end(need); at++) {
                if (needs.candidate(at) == goal) {
                    return need;
                }
            }
            encoding.solver.step(1 + ((needs.end(need) - needs.start(need)) >> 4));
        }
        return RuleOrder.NO_NEED;
    }

    /** Versions support only each other: tries somebody else who would, or says that somebody else must. */
    private int leaveCircle(Set<Integer> unreached) {
        for (List<Integer> circle :
                supporters.circles(unreached.stream().sorted(supporters.order).toList())) {
            Set<Integer> others = new TreeSet<>(supporters.order);
            circle.forEach(variable -> others.addAll(supporters.of(variable)));
            circle.forEach(others::remove);
            for (int supporter : others) {
                if (encoding.solver.isOpen(supporter)) {
                    return Literal.is(supporter);
                }
            }
            circle.forEach(variable -> requireOne(variable, others));
        }
        return RESTART;
    }

    private void requireOne(int variable, Set<Integer> others) {
        IntList clause = new IntList();
        clause.add(Literal.not(variable));
        others.forEach(supporter -> clause.add(Literal.is(supporter)));
        encoding.solver.addDefinitionAtRestart(clause);
    }

    @Override
    public void opening(int level) {
        saved.truncate(2 * (level - 1));
        saved.add(seen);
        saved.add(settled);
        order.opening(level);
    }

    @Override
    public void backTo(int level) {
        if (2 * level < saved.size()) {
            seen = saved.get(2 * level);
            settled = saved.get(2 * level + 1);
            saved.truncate(2 * level);
        }
        order.backTo(level);
    }
}
