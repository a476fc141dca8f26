package dev.apg.resolver;

import dev.apg.resolver.engine.Chooser;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.Needs;
import dev.apg.resolver.engine.RuleOrder;
import dev.apg.resolver.engine.Solver;
import dev.apg.resolver.version.PrereleaseRule;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The choice rule where removals cost something: the bound on costs may then force a version of the previous lock to
 * stay that no need would have led to. It stays if something chosen needs the like of it; a circle of versions that only
 * need each other is forbidden by a clause (a loop formula, after F. Lin and Y. Zhao, ASSAT, 2004), since nothing is in
 * a lock without a reason.
 */
final class Keeping implements Chooser {
    private final Universe universe;
    private final Encoding encoding;
    private final RuleOrder order;

    Keeping(Universe universe, Encoding encoding, RuleOrder order) {
        this.universe = universe;
        this.encoding = encoding;
        this.order = order;
    }

    @Override
    public int next() {
        while (true) {
            int literal = order.next();
            if (literal != DONE) {
                return literal;
            }
            List<Integer> unreached = unreached();
            if (unreached.isEmpty()) {
                return decideRemoval();
            }
            if (!adoptOne(unreached)) {
                return supportOrForbid(unreached);
            }
        }
    }

    /** What was in the lock and is not chosen is removed; where that costs too much, one of its versions stays. */
    private int decideRemoval() {
        Solver solver = encoding.solver;
        for (Pricing.Lockable lockable : encoding.pricing().lockables()) {
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
    private List<Integer> unreached() {
        Set<Integer> found = new TreeSet<>();
        Solver solver = encoding.solver;
        for (int i = 0; i < solver.trailSize(); i++) {
            int literal = solver.trailAt(i);
            int variable = Literal.variable(literal);
            if (Literal.isPositive(literal) && encoding.blockOf(variable) != null && !order.isChosen(variable)) {
                found.add(variable);
            }
        }
        return List.copyOf(found);
    }

    private boolean adoptOne(List<Integer> unreached) {
        Needs needs = encoding.needs;
        for (int i = 0; i < order.chosenCount(); i++) {
            int consumer = order.chosen(i);
            for (int need = needs.from(consumer); need < needs.to(consumer); need++) {
                for (int at = needs.start(need); at < needs.end(need); at++) {
                    if (unreached.contains(needs.candidate(at))) {
                        order.adopt(needs.candidate(at), need);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Tries something that would lead to one of these versions; if nothing is left to try, says that it must. */
    private int supportOrForbid(List<Integer> circle) {
        Set<Integer> supporters = new TreeSet<>();
        for (int variable : circle) {
            VersionBlock block = Objects.requireNonNull(encoding.blockOf(variable));
            CapabilityVersion version = block.read(encoding.ordinalOf(variable), universe.symbols);
            for (String consumer : universe.dependents(Target.Kind.CAPABILITY, version.code())) {
                addSupporters(consumer, variable, supporters);
            }
            for (Provision provision : version.provides()) {
                for (String consumer : universe.dependents(Target.Kind.SERVICE, provision.service())) {
                    addSupporters(consumer, variable, supporters);
                }
            }
        }
        circle.forEach(supporters::remove);
        for (int supporter : supporters) {
            if (encoding.solver.isOpen(supporter)) {
                return Literal.is(supporter);
            }
        }
        for (int variable : circle) {
            IntList clause = new IntList();
            clause.add(Literal.not(variable));
            supporters.forEach(supporter -> clause.add(Literal.is(supporter)));
            encoding.solver.addDefinitionAtRestart(clause);
        }
        return RESTART;
    }

    private void addSupporters(String consumer, int variable, Set<Integer> supporters) {
        VersionBlock block = Objects.requireNonNull(universe.block(universe.symbols.names.known(consumer)));
        VersionBlock needed = Objects.requireNonNull(encoding.blockOf(variable));
        for (int i = 0; i < block.size(); i++) {
            int ordinal = i;
            // What a version meets itself leads to nobody else.
            boolean supports = block.read(i, universe.symbols).requirements().stream()
                    .filter(each -> each.strength() == Strength.REQUIRED || each.strength() == Strength.RECOMMENDED)
                    .filter(each -> each.anyOf().stream().noneMatch(own -> meetsItself(block, ordinal, own)))
                    .flatMap(each -> each.anyOf().stream())
                    .anyMatch(target -> meets(needed, encoding.ordinalOf(variable), target));
            if (supports) {
                supporters.add(encoding.variablesOf(block) + i);
            }
        }
    }

    private boolean meets(VersionBlock block, int ordinal, Target target) {
        PrereleaseRule rule = encoding.rule();
        int code = universe.symbols.names.known(target.code());
        boolean service = target.kind() == Target.Kind.SERVICE;
        return encoding.matching().meets(block, ordinal, service, code, target.range(), rule);
    }

    private boolean meetsItself(VersionBlock block, int ordinal, Target target) {
        int code = universe.symbols.names.known(target.code());
        return encoding.matching()
                .meetsItself(
                        block, ordinal, target.kind() == Target.Kind.SERVICE, code, target.range(), encoding.rule());
    }

    @Override
    public void opening(int level) {
        order.opening(level);
    }

    @Override
    public void backTo(int level) {
        order.backTo(level);
    }
}
