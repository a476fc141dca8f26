package dev.apg.resolver;

import dev.apg.resolver.FactTags.Kind;
import dev.apg.resolver.engine.IntList;
import dev.apg.resolver.engine.IntMap;
import dev.apg.resolver.engine.Literal;
import dev.apg.resolver.engine.Needs;
import dev.apg.resolver.engine.Patience;
import dev.apg.resolver.engine.Rulebook;
import dev.apg.resolver.engine.Solver;
import dev.apg.resolver.version.PrereleaseRule;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The request and the part of the universe that it reaches, as variables and clauses: a variable for each version, a
 * group of variables for each capability. A capability gets its group when something that is tried mentions it, and a
 * version tells its rules when it is tried, so that what the request does not reach costs nothing.
 */
final class Encoding implements Rulebook {
    /** The order in which what a request says of targets is looked at, however it is written. */
    static final Comparator<Target> BY_CODE = Comparator.comparing(Target::code)
            .thenComparing(Target::kind)
            .thenComparing(target -> target.range().text());

    private final Universe universe;
    private final Symbols symbols;
    private final Request request;
    private final Matching matching;
    private final PrereleaseRule rule;

    final Solver solver;
    final Needs needs;
    final FactTags tags = new FactTags();
    final Oppositions oppositions;

    /** The variable that stands for the request itself. */
    final int requestVariable;

    /** Roots in the order in which the choice rule takes them. */
    final List<Root> roots;

    private final IntMap firstVariables = new IntMap();

    /** By group, the versions that it stands for; null for variables that stand for something else. */
    private final List<@Nullable VersionBlock> blocks = new ArrayList<>();

    private final IntList groupStarts = new IntList();

    private final Pricing pricing;

    private final Refusals refusals;

    /** By variable, those of the previous lock that the request does not free. */
    private final BitSet locked = new BitSet();

    private final Candidates candidates = new Candidates(this);

    private final @Nullable ExactVersion wanted;

    Encoding(Universe universe, Request request, @Nullable ExactVersion wanted, Patience patience) {
        this.universe = universe;
        this.symbols = universe.symbols;
        this.request = request;
        this.wanted = wanted;
        this.matching = new Matching(universe);
        this.rule = request.policy().rule();
        this.roots = request.roots().stream()
                .distinct()
                .sorted(Comparator.comparing(Root::target, BY_CODE))
                .toList();
        this.solver = new Solver(request.stepBudget(), patience);
        this.needs = new Needs(solver);
        this.refusals = new Refusals(universe, request, matching, solver, tags);
        this.pricing = new Pricing(solver, request);
        this.oppositions = new Oppositions(this, symbols);
        this.requestVariable = solver.newVariable();
        solver.setRulebook(this);
        IntList itself = new IntList();
        itself.add(Literal.is(requestVariable));
        solver.addDefinition(itself);
    }

    PrereleaseRule rule() {
        return rule;
    }

    Matching matching() {
        return matching;
    }

    Request request() {
        return request;
    }

    /** The versions that a variable is one of, or null if it does not stand for a version. */
    @Nullable
    VersionBlock blockOf(int variable) {
        int group = solver.groupOf(variable);
        return group < blocks.size() ? blocks.get(group) : null;
    }

    int ordinalOf(int variable) {
        return variable - groupStarts.get(solver.groupOf(variable));
    }

    ExactVersion exact(int variable) {
        VersionBlock block = Objects.requireNonNull(blockOf(variable));
        return new ExactVersion(symbols.names.value(block.name), block.numbers.get(ordinalOf(variable)));
    }

    /** The code of a group of versions. */
    String codeOfGroup(int group) {
        return symbols.names.value(blockOfGroup(group).name);
    }

    VersionBlock blockOfGroup(int group) {
        return Objects.requireNonNull(blocks.get(group));
    }

    List<SemVer> numbers(String code) {
        return universe.numbers(code);
    }

    /** Whether any version at all meets a target. */
    boolean exists(Target target, PrereleaseRule rule) {
        boolean[] found = {false};
        boolean service = target.kind() == Target.Kind.SERVICE;
        matching.each(service, symbols.names.known(target.code()), target.range(), rule, (_, _, _) -> found[0] = true);
        return found[0];
    }

    boolean isProvided(String service) {
        return !universe.providers(service).isEmpty();
    }

    /** The first variable of a capability's versions; made now if the capability was not reached before. */
    int variablesOf(VersionBlock block) {
        int first = firstVariables.get(block.name);
        if (first < 0) {
            first = solver.newGroup(block.size());
            firstVariables.put(block.name, first);
            int group = solver.groupOf(first);
            while (blocks.size() <= group) {
                blocks.add(null);
                groupStarts.add(-1);
            }
            blocks.set(group, block);
            groupStarts.set(group, first);
            refusals.ruleOut(block, first);
            noteLocked(block, first);
            pricing.price(symbols.names.value(block.name), block, first);
        }
        return first;
    }

    private void noteLocked(VersionBlock block, int first) {
        if (request.previous().isEmpty()) {
            return;
        }
        String code = symbols.names.value(block.name);
        SemVer number = request.previous().get(code);
        int ordinal = number == null || request.update().contains(code) ? -1 : block.ordinalOf(number);
        if (ordinal >= 0) {
            locked.set(first + ordinal);
        }
    }

    @Override
    public void describe(int variable) {
        if (variable == requestVariable) {
            describeRequest();
            return;
        }
        if (blockOf(variable) != null) {
            new VersionRules(this, symbols, candidates, variable).describe();
        }
    }

    private void describeRequest() {
        if (request.policy().objectives().contains(Objective.MINIMAL_CHANGE)) {
            priceRemovals();
        }
        needs.begin(requestVariable);
        if (wanted != null) {
            VersionBlock block = Objects.requireNonNull(universe.block(symbols.names.known(wanted.code())));
            int variable = variablesOf(block) + block.ordinalOf(wanted.number());
            candidates.start();
            candidates.add(block, variable - variablesOf(block), variable - variablesOf(block));
            candidates.become(requestVariable, false, tags.add(Kind.WANTED, variable, 0));
        }
        for (int i = 0; i < roots.size(); i++) {
            Target target = roots.get(i).target();
            candidates.start();
            boolean service = target.kind() == Target.Kind.SERVICE;
            matching.each(service, symbols.names.known(target.code()), target.range(), rule, candidates::add);
            candidates.become(requestVariable, false, tags.add(Kind.ASKED, i, 0));
        }
    }

    /** A target that only this version meets. */
    static Target exactly(ExactVersion version) {
        return Target.capability(version.code(), "=" + version.number());
    }

    /** Whether neither a pin, an exclusion nor the policy speaks against a version. */
    boolean isAcceptable(VersionBlock block, int ordinal) {
        return refusals.isAcceptable(block, ordinal);
    }

    /** Whether a pin, an exclusion or the policy's marks speak against a version. */
    boolean refuses(VersionBlock block, int ordinal) {
        return refusals.refuses(block, ordinal);
    }

    /** Whether a pin, an exclusion or a mark speaks against a version, be it the first to do so or not. */
    boolean rulesOut(int tag, int variable) {
        VersionBlock block = Objects.requireNonNull(blockOf(variable));
        // Only a pin's tag is about a variable.
        VersionBlock pinned = tags.kind(tag) == Kind.PINNED ? blockOf(tags.a(tag)) : null;
        return refusals.rulesOut(tag, pinned, block, ordinalOf(variable), variable);
    }

    /** The fact that rules a version out, or null. */
    @Nullable
    Fact whyRuledOut(int variable) {
        int tag = refusals.tagOf(variable);
        return tag < 0 ? null : fact(tag);
    }

    Fact fact(int tag) {
        int a = tags.a(tag);
        int b = tags.b(tag);
        return switch (tags.kind(tag)) {
            case ASKED -> new Fact.Asked(roots.get(a));
            case WANTED -> new Fact.Wanted(exact(a));
            case NEEDS -> new Fact.Needs(exact(a), read(a).requirements().get(b));
            case RESTRICTS ->
                new Fact.Restricts(exact(a), read(a).requirements().get(b));
            case CONFLICTS -> new Fact.Conflicts(exact(a), read(a).conflicts().get(b));
            case PINNED -> {
                String code = exact(a).code();
                yield new Fact.Pinned(
                        code, Objects.requireNonNull(request.pins().get(code)));
            }
            case EXCLUDED -> new Fact.Excluded(refusals.exclusion(tag));
            case NOT_ACCEPTED -> new Fact.NotAccepted(exact(a), Mark.values()[b]);
        };
    }

    CapabilityVersion read(int variable) {
        return Objects.requireNonNull(blockOf(variable)).read(ordinalOf(variable), symbols);
    }

    private void priceRemovals() {
        for (String code : new TreeSet<>(request.previous().keySet())) {
            VersionBlock block = universe.block(symbols.names.known(code));
            if (request.update().contains(code)) {
                continue;
            }
            if (block == null) {
                pricing.priceLoss();
            } else {
                pricing.priceRemoval(block, variablesOf(block));
            }
        }
    }

    Pricing pricing() {
        return pricing;
    }

    /** Whether the previous lock has exactly this version and the request does not free it. */
    boolean isLocked(int variable) {
        return locked.get(variable);
    }
}
