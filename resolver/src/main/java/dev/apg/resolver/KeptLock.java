package dev.apg.resolver;

import static dev.apg.resolver.LockedVersions.NOBODY;
import static dev.apg.resolver.LockedVersions.SEVERAL;

import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells by one walk over a lock, without a search, that the choice rule chooses exactly it again: with one version
 * exchanged, or with the newest possible one in the place of one that is lost. Where it cannot tell, only a search can.
 *
 * <p>Why it is exact: suppose that the lock breaks no rule, that every recommendation in it that nothing meets has no
 * candidate at all, and that every version is reached from the request by needs that one version of the lock alone meets.
 * Whatever the rule has chosen so far is a part of the lock, so the lock itself is a complete solution with it. At the next
 * need that nothing chosen meets, the rule prefers versions of the lock, and one of these meets it, or nothing does. So
 * nothing else is ever chosen; and at a need that only one of them meets, it is that one, so all of them are chosen.
 */
final class KeptLock implements VersionFacts.Visitor {
    private final Universe universe;
    private final Symbols symbols;
    private final Request request;
    private final Matching matching;
    private final PrereleaseRule rule;
    private final int refusedMarks;
    private final Exclusions exclusions;

    private final LockedVersions lock;

    /** Whom the needs lead to that one version alone meets: those of the request, then those of each version. */
    private final IntList soleProviders = new IntList();

    /** By position, where those of a version start. */
    private final IntList starts = new IntList();

    private final List<Unmet> unmet = new ArrayList<>();
    private boolean breaksRule;

    /** The version that is being looked at. */
    private int self;

    /** A need that nothing in the lock meets. */
    private record Unmet(List<Target> targets, boolean soft) {}

    /** @param number in the place of the capability's version; null for none */
    private KeptLock(Universe universe, Request request, String code, @Nullable SemVer number) {
        this.universe = universe;
        this.symbols = universe.symbols;
        this.request = request;
        this.matching = new Matching(universe);
        this.rule = request.policy().rule();
        this.refusedMarks = request.policy().refusedMarks();
        this.exclusions = new Exclusions(universe, request, matching);
        this.lock = new LockedVersions(matching, request.previous().size());
        for (Map.Entry<String, SemVer> each : request.previous().entrySet()) {
            if (!each.getKey().equals(code)) {
                place(each.getKey(), each.getValue());
            }
        }
        if (number != null) {
            place(code, number);
        }
        for (int i = 0; i < request.roots().size() && !breaksRule; i++) {
            ask(request.roots().get(i).target());
        }
        for (self = 0; self < lock.size() && !breaksRule; self++) {
            starts.add(soleProviders.size());
            VersionBlock block = lock.block(self);
            VersionFacts.visit(block.data, block.start(lock.ordinal(self)), this);
        }
    }

    /** Whether the answer to the request, with the number in the previous lock and pinned, is that lock and nothing else. */
    static boolean isChosenAgain(Universe universe, Request request, String code, SemVer number) {
        List<Objective> objectives = request.policy().objectives();
        // Nothing changes less than the lock itself, and no other set changes as little.
        return (objectives.isEmpty() || objectives.getFirst() == Objective.MINIMAL_CHANGE)
                && new KeptLock(universe, request, code, number).isChosenAgain();
    }

    /**
     * Whether the answer to the request has another version in the place of one that the universe lost, and that is all that
     * changes; false also if only a search can tell. All needs that nothing meets any more must be of this capability alone, and
     * the rule must try the same version first for each of them: it is the one then, whichever need comes first.
     */
    static boolean isReplaced(Universe universe, Request request, String code) {
        if (!request.policy().objectives().isEmpty()) {
            return false;
        }
        var rest = new KeptLock(universe, request, code, null);
        VersionBlock block = universe.block(universe.symbols.names.known(code));
        if (rest.breaksRule || block == null) {
            return false;
        }
        int first = NOBODY;
        for (Unmet need : rest.unmet) {
            int candidate = rest.firstFor(need, block);
            if (candidate == SEVERAL || (first != NOBODY && candidate != NOBODY && candidate != first)) {
                return false;
            }
            first = candidate == NOBODY ? first : candidate;
        }
        return first != NOBODY && new KeptLock(universe, request, code, block.numbers.get(first)).isChosenAgain();
    }

    private boolean isChosenAgain() {
        if (breaksRule || unmet.stream().anyMatch(need -> !need.soft || hasCandidate(need))) {
            return false;
        }
        boolean[] reached = new boolean[lock.size()];
        var inOrder = new IntList();
        reach(0, lock.size() == 0 ? 0 : starts.get(0), reached, inOrder);
        for (int i = 0; i < inOrder.size(); i++) {
            int consumer = inOrder.get(i);
            int end = consumer + 1 < starts.size() ? starts.get(consumer + 1) : soleProviders.size();
            reach(starts.get(consumer), end, reached, inOrder);
        }
        return inOrder.size() == lock.size();
    }

    private void reach(int from, int to, boolean[] reached, IntList inOrder) {
        for (int i = from; i < to; i++) {
            int provider = soleProviders.get(i);
            if (!reached[provider]) {
                reached[provider] = true;
                inOrder.add(provider);
            }
        }
    }

    private void place(String code, SemVer number) {
        VersionBlock block = universe.block(symbols.names.known(code));
        int ordinal = block == null ? NOBODY : block.ordinalOf(number);
        if (block == null || ordinal < 0 || isRuledOut(block, ordinal)) {
            breaksRule = true;
            return;
        }
        lock.add(block, ordinal);
    }

    private boolean isRuledOut(VersionBlock block, int ordinal) {
        SemVer pin = request.pins().isEmpty() ? null : request.pins().get(symbols.names.value(block.name));
        return pin != null && !pin.equals(block.numbers.get(ordinal))
                || (block.markBits(ordinal) & refusedMarks) != 0
                || !request.exclusions().isEmpty() && exclusions.first(block, ordinal) != Exclusions.NONE;
    }

    private void ask(Target target) {
        boolean service = target.kind() == Target.Kind.SERVICE;
        int provider = lock.meeting(NOBODY, service, symbols.names.known(target.code()), target.range(), rule);
        note(provider, provider == NOBODY ? List.of(target) : List.of(), false);
    }

    private void note(int provider, List<Target> targets, boolean soft) {
        if (provider == NOBODY) {
            unmet.add(new Unmet(targets, soft));
        } else if (provider != SEVERAL) {
            soleProviders.add(provider);
        }
    }

    @Override
    public void provision(int service, int version) {}

    @Override
    public void requirement(int index, int name, Strength strength, int targets, int count) {
        switch (strength) {
            case REQUIRED -> need(targets, count, false);
            case RECOMMENDED -> need(targets, count, true);
            case OPTIONAL -> restrict(targets);
            case ENHANCING -> {}
        }
    }

    private void need(int targets, int count, boolean soft) {
        int[] data = lock.block(self).data;
        int found = NOBODY;
        for (int target = targets; target < targets + 2 * count; target += 2) {
            boolean service = VersionFacts.isService(data, target);
            int code = VersionFacts.code(data, target);
            VersionRange range = symbols.ranges.value(VersionFacts.range(data, target));
            if (lock.meetsItself(self, service, code, range, rule)) {
                return;
            }
            found = lock.meeting(found, service, code, range, rule);
        }
        note(found, found == NOBODY ? read(data, targets, count) : List.of(), soft);
    }

    private List<Target> read(int[] data, int targets, int count) {
        List<Target> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            read.add(VersionFacts.readTarget(data, targets + 2 * i, symbols));
        }
        return read;
    }

    private void restrict(int target) {
        int[] data = lock.block(self).data;
        boolean service = VersionFacts.isService(data, target);
        int code = VersionFacts.code(data, target);
        VersionRange range = symbols.ranges.value(VersionFacts.range(data, target));
        breaksRule |= lock.anyOther(self, service, code, other -> !lock.fits(other, service, code, range, rule));
    }

    @Override
    public void conflict(int index, int target) {
        int[] data = lock.block(self).data;
        boolean service = VersionFacts.isService(data, target);
        int code = VersionFacts.code(data, target);
        VersionRange range = symbols.ranges.value(VersionFacts.range(data, target));
        breaksRule |= lock.anyOther(self, service, code, other -> lock.isOpposed(other, service, code, range));
    }

    private boolean hasCandidate(Unmet need) {
        return need.targets.stream().anyMatch(target -> {
            boolean[] found = {false};
            eachCandidate(target, (_, _) -> found[0] = true);
            return found[0];
        });
    }

    /**
     * The version of the block that the rule tries first for a need: of the targets as they are written, the newest of the
     * first that any meets. {@link #NOBODY} if nothing at all meets it, {@link #SEVERAL} if versions of other capabilities do,
     * too.
     */
    private int firstFor(Unmet need, VersionBlock block) {
        int[] first = {NOBODY};
        for (Target target : need.targets) {
            boolean found = first[0] != NOBODY;
            eachCandidate(target, (other, ordinal) -> {
                if (other != block) {
                    first[0] = SEVERAL;
                } else if (!found && first[0] != SEVERAL) {
                    first[0] = Math.max(first[0], ordinal);
                }
            });
        }
        return first[0];
    }

    /** Receives a version. */
    private interface Sink {
        void accept(VersionBlock block, int ordinal);
    }

    private void eachCandidate(Target target, Sink sink) {
        boolean service = target.kind() == Target.Kind.SERVICE;
        matching.each(service, symbols.names.known(target.code()), target.range(), rule, (block, first, last) -> {
            for (int i = last; i >= first; i--) {
                if (!isRuledOut(block, i)) {
                    sink.accept(block, i);
                }
            }
        });
    }
}
