package dev.apg.resolver;

import dev.apg.resolver.FactTags.Kind;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.version.VersionRange;
import java.util.Objects;
import java.util.stream.IntStream;

/** Turns the facts of one version into needs and clauses. */
final class VersionRules implements VersionFacts.Visitor {
    /** Up to so many are put in order by insertion: it is done for every version that is tried. */
    private static final int FEW = 16;

    /** Versions that one version may forbid at the usual price; each beyond counts for the memory that it takes. */
    private static final int MANY = 1_000;

    private static final int PRICE_BEYOND = 6;

    private final Encoding encoding;
    private final Symbols symbols;
    private final Matching matching;
    private final Candidates candidates;
    private final int variable;
    private final VersionBlock block;
    private final int ordinal;
    private final int[] data;

    /** Four ints each: position in the version, where its targets are, how many, 1 if it is only recommended. */
    private final IntList required = new IntList();

    /** Optional requirements; two ints each: position in the version, where the target is. */
    private final IntList restrictions = new IntList();

    /** Likewise. */
    private final IntList conflicts = new IntList();

    private final IntList clause = new IntList();
    private int forbidden;

    VersionRules(Encoding encoding, Symbols symbols, Candidates candidates, int variable) {
        this.encoding = encoding;
        this.symbols = symbols;
        this.matching = encoding.matching();
        this.candidates = candidates;
        this.variable = variable;
        this.block = Objects.requireNonNull(encoding.blockOf(variable));
        this.ordinal = encoding.ordinalOf(variable);
        this.data = block.data;
    }

    void describe() {
        encoding.needs.begin(variable);
        VersionFacts.visit(data, block.start(ordinal), this);
        inCodeOrder(restrictions);
        for (int i = 0; i < restrictions.size(); i += 2) {
            restrict(restrictions.get(i), restrictions.get(i + 1));
        }
        inCodeOrder(conflicts);
        for (int i = 0; i < conflicts.size(); i += 2) {
            oppose(conflicts.get(i), conflicts.get(i + 1));
        }
        for (int i : inCodeOrder()) {
            need(required.get(i), required.get(i + 1), required.get(i + 2), required.get(i + 3));
        }
    }

    @Override
    public void provision(int service, int version) {}

    @Override
    public void requirement(int index, int name, Strength strength, int targets, int count) {
        switch (strength) {
            case REQUIRED, RECOMMENDED -> {
                required.add(index);
                required.add(targets);
                required.add(count);
                required.add(strength == Strength.RECOMMENDED ? 1 : 0);
            }
            case OPTIONAL -> {
                restrictions.add(index);
                restrictions.add(targets);
            }
            case ENHANCING -> {}
        }
    }

    /** Puts pairs in order by their targets, so that what is told does not depend on how a document was written. */
    private void inCodeOrder(IntList pairs) {
        int count = pairs.size() / 2;
        if (count < 2) {
            return;
        }
        int[] sorted = IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> compareStored(pairs.get(2 * a + 1), pairs.get(2 * b + 1)))
                .flatMapToInt(i -> IntStream.of(pairs.get(2 * i), pairs.get(2 * i + 1)))
                .toArray();
        for (int i = 0; i < sorted.length; i++) {
            pairs.set(i, sorted[i]);
        }
    }

    /** Positions in {@link #required}, by what the requirements say, not by where they stand. */
    private int[] inCodeOrder() {
        int count = required.size() / 4;
        return count > FEW ? manyInCodeOrder(count) : fewInCodeOrder(count);
    }

    private int[] fewInCodeOrder(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int place = i;
            for (; place > 0 && compareRequirements(order[place - 1], 4 * i) > 0; place--) {
                order[place] = order[place - 1];
            }
            order[place] = 4 * i;
        }
        return order;
    }

    private int[] manyInCodeOrder(int count) {
        return IntStream.range(0, count)
                .map(i -> 4 * i)
                .boxed()
                .sorted(this::compareRequirements)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int compareRequirements(int a, int b) {
        int strengths = Integer.compare(required.get(a + 3), required.get(b + 3));
        int common = Math.min(required.get(a + 2), required.get(b + 2));
        for (int i = 0; i < common; i++) {
            int order = compareStored(required.get(a + 1) + 2 * i, required.get(b + 1) + 2 * i);
            if (order != 0) {
                return order;
            }
        }
        int counts = Integer.compare(required.get(a + 2), required.get(b + 2));
        return counts != 0 ? counts : strengths;
    }

    private int compareStored(int a, int b) {
        if (data[a] == data[b] && data[a + 1] == data[b + 1]) {
            return 0;
        }
        int order = name(a).compareTo(name(b));
        if (order == 0) {
            order = Integer.compare(data[a] & 1, data[b] & 1);
        }
        return order == 0 ? range(a).text().compareTo(range(b).text()) : order;
    }

    private String name(int target) {
        return symbols.names.value(VersionFacts.code(data, target));
    }

    private VersionRange range(int target) {
        return symbols.ranges.value(VersionFacts.range(data, target));
    }

    private void need(int index, int targets, int count, int soft) {
        candidates.start();
        for (int i = 0; i < count; i++) {
            int target = targets + 2 * i;
            boolean service = VersionFacts.isService(data, target);
            int code = VersionFacts.code(data, target);
            if (matching.meetsItself(block, ordinal, service, code, range(target), encoding.rule())) {
                return;
            }
            matching.each(service, code, range(target), encoding.rule(), candidates::add);
        }
        candidates.become(variable, soft == 1, encoding.tags.add(Kind.NEEDS, variable, index));
    }

    /** An optional requirement: whatever is there of the target must be in the range. */
    private void restrict(int index, int target) {
        int tag = encoding.tags.add(Kind.RESTRICTS, variable, index);
        boolean service = VersionFacts.isService(data, target);
        encoding.oppositions.eachUnfit(
                block, service, VersionFacts.code(data, target), range(target), other -> forbid(other, tag));
    }

    @Override
    public void conflict(int index, int target) {
        conflicts.add(index);
        conflicts.add(target);
    }

    private void oppose(int index, int target) {
        int tag = encoding.tags.add(Kind.CONFLICTS, variable, index);
        boolean service = VersionFacts.isService(data, target);
        encoding.oppositions.eachOpposed(
                block, service, VersionFacts.code(data, target), range(target), other -> forbid(other, tag));
    }

    private void forbid(int other, int tag) {
        if (!encoding.solver.isRuledOut(other) && mayForbid()) {
            clause.truncate(0);
            clause.add(Literal.not(variable));
            clause.add(Literal.not(other));
            encoding.solver.addClause(clause, tag);
        }
    }

    private boolean mayForbid() {
        if (++forbidden > MANY) {
            Interruption.check();
            encoding.solver.step(PRICE_BEYOND);
            return !encoding.solver.isSpent();
        }
        return true;
    }
}
