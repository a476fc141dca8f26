package dev.apg.resolver;

import dev.apg.resolver.engine.Chooser;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.RuleOrder;
import dev.apg.resolver.engine.Solver;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The choice rule where removals cost something: the bound on costs may then force a version of the previous lock to
 * stay that no need would have led to. When the rule is at its end, capabilities of the lock that it did not choose are
 * removed in the order of their codes as far as that goes; those that stay are chosen next, and the rule goes on with
 * their needs. If something is left without a reason then, because nothing that has one needs it, somebody is chosen who
 * does.
 *
 * <p>Nothing is in a lock without a reason: for a version that has none, a clause says who has to be there, and a circle of
 * versions that only need each other is forbidden by another one (a loop formula, after F. Lin and Y. Zhao, ASSAT, 2004).
 */
final class Keeping implements Chooser {
    private static final int NONE = -1;

    private final Encoding encoding;
    private final RuleOrder order;
    private final Supporters supporters;
    private final Reasons reasons;

    /** Versions of which a clause says who has to be there. */
    private final Set<Integer> explained = new HashSet<>();

    /** Up to where it is settled what becomes of the capabilities of the lock. */
    private int settled;

    /** Up to where those of them that stay are chosen. */
    private int adopted;

    private final IntList saved = new IntList();

    Keeping(Universe universe, Encoding encoding, RuleOrder order) {
        this.encoding = encoding;
        this.order = order;
        this.supporters = new Supporters(universe, encoding);
        this.reasons = new Reasons(encoding, order, supporters);
    }

    @Override
    public int next() {
        while (true) {
            int literal = order.next();
            if (literal == DONE) {
                literal = decideRemoval();
            }
            if (literal != DONE) {
                return literal;
            }
            if (adoptStaying()) {
                continue;
            }
            Set<Integer> missing = reasons.missing();
            if (missing.isEmpty()) {
                return DONE;
            }
            if (explain(missing)) {
                return RESTART;
            }
            literal = support(missing);
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
            if (trueVersion(lockable) != NONE) {
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

    private int trueVersion(Pricing.Lockable lockable) {
        for (int i = 0; i < lockable.block().size(); i++) {
            if (encoding.solver.isTrue(lockable.first() + i)) {
                return lockable.first() + i;
            }
        }
        return NONE;
    }

    /** Chooses what stays, all at once and by code, however early the search knew that it does; whether there was any. */
    private boolean adoptStaying() {
        int before = order.chosenCount();
        List<Pricing.Lockable> lockables = encoding.pricing().lockables();
        for (; adopted < lockables.size(); adopted++) {
            int variable = trueVersion(lockables.get(adopted));
            if (variable != NONE && !order.isChosen(variable)) {
                order.adopt(variable, RuleOrder.NO_NEED);
            }
        }
        return order.chosenCount() > before;
    }

    /** Says of each version who has to be there if it is; whether that is news. */
    private boolean explain(Set<Integer> missing) {
        boolean news = false;
        for (int variable : missing) {
            if (explained.add(variable)) {
                requireOne(variable, Arrays.stream(supporters.of(variable)));
                news = true;
            }
        }
        return news;
    }

    /** Chooses the first of those who need one of these versions, or says that somebody has to be there who does. */
    private int support(Set<Integer> missing) {
        if (forbidCircles(missing)) {
            return RESTART;
        }
        int supporter = firstPossible(missing);
        if (encoding.solver.isOpen(supporter)) {
            return Literal.is(supporter);
        }
        order.adopt(supporter, RuleOrder.NO_NEED);
        return DONE;
    }

    /** The first that needs one of these versions, by code, is not chosen and can be. */
    private int firstPossible(Set<Integer> missing) {
        TreeSet<Integer> firsts = new TreeSet<>(supporters.order);
        for (int variable : missing) {
            int[] all = supporters.of(variable);
            encoding.solver.step(1 + (all.length >> 4));
            Arrays.stream(all)
                    .filter(each -> !encoding.solver.isFalse(each) && !order.isChosen(each))
                    .findFirst()
                    .ifPresent(firsts::add);
        }
        return firsts.getFirst();
    }

    /** Of versions that only need each other, one must be needed by somebody else; whether none that is possible is. */
    private boolean forbidCircles(Set<Integer> missing) {
        boolean news = false;
        for (List<Integer> circle : supporters.circles(List.copyOf(missing))) {
            Set<Integer> others = new TreeSet<>(supporters.order);
            circle.forEach(variable -> Arrays.stream(supporters.of(variable)).forEach(others::add));
            circle.forEach(others::remove);
            encoding.solver.step(1 + others.size());
            if (others.stream().allMatch(encoding.solver::isFalse)) {
                circle.forEach(variable -> requireOne(variable, others.stream().mapToInt(Integer::intValue)));
                news = true;
            }
        }
        return news;
    }

    private void requireOne(int variable, IntStream others) {
        IntList clause = new IntList();
        clause.add(Literal.not(variable));
        others.forEach(supporter -> clause.add(Literal.is(supporter)));
        encoding.solver.addDefinitionAtRestart(clause);
    }

    @Override
    public void opening(int level) {
        saved.truncate(2 * (level - 1));
        saved.add(settled);
        saved.add(adopted);
        order.opening(level);
    }

    @Override
    public void backTo(int level) {
        if (2 * level < saved.size()) {
            settled = saved.get(2 * level);
            adopted = saved.get(2 * level + 1);
            saved.truncate(2 * level);
        }
        order.backTo(level);
    }
}
