package dev.apg.server.composition;

import dev.apg.contract.composition.LockDocument.LockBinding;
import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.contract.composition.LockDocument.Reason;
import dev.apg.contract.composition.Policy;
import dev.apg.contract.composition.ReleaseSize;
import dev.apg.contract.composition.VersionChange;
import dev.apg.contract.composition.VersionChange.Kind;
import dev.apg.resolver.engine.Interruption;
import dev.apg.resolver.version.SemVer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is different between two locks, and why: what changed in the draft, in who needs what, or in the catalogue. */
final class LockDiff {
    /** Beside the one that brought an entry in. */
    private static final int MOST_NEEDS_TOLD = 3;

    private LockDiff() {}

    /** By capability. */
    static List<VersionChange> versions(LockSide before, LockSide after, Between between) {
        SortedMap<String, LockEntry> left = before.entries();
        SortedMap<String, LockEntry> right = after.entries();
        var causes = new MoveCauses(before, after, between.needs());
        List<VersionChange> changes = new ArrayList<>();
        var codes = new TreeSet<>(left.keySet());
        codes.addAll(right.keySet());
        for (String code : codes) {
            Interruption.check();
            LockEntry from = left.get(code);
            LockEntry to = right.get(code);
            if (from == null && to != null) {
                String asked = between.asked().get(code);
                String why = asked == null ? why(before, after, to, true, between) : asked;
                changes.add(change(Kind.ADDED, null, to, between, why));
            } else if (from != null && to == null) {
                String why =
                        String.join("; ", whyGone(before, after, from, between)) + stood(before, after, from, between);
                changes.add(change(Kind.REMOVED, from, null, between, why));
            } else if (from != null && to != null && !from.version().equals(to.version())) {
                changes.add(moved(causes, after.draft().policy(), from, to, between));
            }
        }
        return changes;
    }

    private static VersionChange change(
            Kind kind, @Nullable LockEntry from, @Nullable LockEntry to, Between between, String why) {
        LockEntry shown = Objects.requireNonNull(to == null ? from : to);
        return new VersionChange(
                kind,
                shown.capability(),
                from == null ? null : from.version(),
                to == null ? null : to.version(),
                null,
                shown.reason(),
                "%s %s %s: %s.%s"
                        .formatted(
                                shown.capability(),
                                shown.version(),
                                verb(kind, between),
                                why,
                                to == null ? "" : between.taken().apply(to.capability(), to.version())));
    }

    /** How a version stands whose place another one has; nothing where the need itself is gone, which is reason enough. */
    private static String stood(LockSide before, LockSide after, LockEntry from, Between between) {
        String code = from.capability();
        if (!isMetOtherwise(before, after, code, from.reason())) {
            return "";
        }
        Policy policy = after.draft().policy();
        return Stream.of(
                        between.ended(code, policy).map(stood -> "; %s %s".formatted(code, stood)),
                        (between.happened()
                                        ? between.refused(code, from.version(), policy)
                                        : between.told(code, from.version()))
                                .map(stood -> "; %s %s".formatted(from.version(), stood)),
                        between.needs()
                                .obstacle(from, after)
                                .map(lack -> "; %s %s %s".formatted(code, from.version(), lack)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining());
    }

    /** Whether there still is the need that brought an entry in, and something else meets it. */
    static boolean isMetOtherwise(LockSide before, LockSide after, String code, List<Reason> reason) {
        Reason last = reason.getLast();
        if (last.root() != null) {
            return after.names(last.root(), code, before);
        }
        return after.provider(Objects.requireNonNull(last.capability()), Objects.requireNonNull(last.requirement()))
                .isPresent();
    }

    private static String verb(Kind kind, Between between) {
        boolean happened = between.happened();
        return switch (kind) {
            case ADDED -> happened ? "was added" : "would be added";
            case REMOVED -> happened ? "was removed" : "would be removed";
            case UP -> happened ? "went up" : "would go up";
            case DOWN -> happened ? "went down" : "would go down";
        };
    }

    /**
     * Why an entry is on one side only.
     *
     * @param other the side without it
     * @param own the side that has it
     * @param added whether the side with it is the later one
     * @param between what stands between the sides
     */
    private static String why(LockSide other, LockSide own, LockEntry entry, boolean added, Between between) {
        Reason last = entry.reason().getLast();
        if (last.root() != null) {
            if (!other.names(last.root(), entry.capability(), own)) {
                return "the draft %s %s".formatted(added ? "names" : "no longer names", last.root());
            }
            Optional<LockEntry> provider = other.ofRoot(last.root());
            return added && provider.isPresent()
                    ? new Successor(other, own, between).of(last.root(), provider.get())
                    : "the draft's %s %s by %s"
                            .formatted(
                                    last.root(),
                                    met(added, between),
                                    provider.map(LockEntry::capability).orElse("something that is there anyway"));
        }
        String consumer = Objects.requireNonNull(last.capability());
        String requirement = Objects.requireNonNull(last.requirement());
        Optional<LockEntry> provider = added && other.entry(consumer).isPresent()
                ? other.provider(consumer, requirement).flatMap(other::entry)
                : Optional.empty();
        return provider.isPresent()
                ? new Successor(other, own, between).of(own.entry(consumer).orElseThrow(), requirement, provider.get())
                : why(other, own, consumer, requirement, added, between);
    }

    /** What became of every need that an entry met: each had to go, not only the one that brought it in. */
    private static List<String> whyGone(LockSide before, LockSide after, LockEntry entry, Between between) {
        String code = entry.capability();
        Reason last = entry.reason().getLast();
        List<String> told = new ArrayList<>();
        told.add(why(after, before, entry, false, between));
        List<LockBinding> others = before.metBy(code).stream()
                .filter(binding -> !binding.consumer().equals(code)
                        && before.entry(binding.consumer()).isPresent())
                .filter(binding -> !(binding.consumer().equals(last.capability())
                        && binding.requirement().equals(last.requirement())))
                .filter(binding -> between.needs()
                        .bringsIn(before.entry(binding.consumer()).orElseThrow(), binding.requirement()))
                .toList();
        others.stream()
                .limit(MOST_NEEDS_TOLD)
                .map(binding -> why(after, before, binding.consumer(), binding.requirement(), false, between))
                .forEach(told::add);
        if (others.size() > MOST_NEEDS_TOLD) {
            told.add("so it is with %d more".formatted(others.size() - MOST_NEEDS_TOLD));
        }
        return told;
    }

    /** The same for one requirement. */
    private static String why(
            LockSide other, LockSide own, String consumer, String requirement, boolean added, Between between) {
        LockEntry there = own.entry(consumer).orElseThrow();
        boolean recommends = between.needs().recommends(there, requirement);
        String needs = recommends ? "recommends" : "needs";
        String needed = recommends ? "recommended" : "needed";
        Optional<LockEntry> elsewhere = other.entry(consumer);
        if (elsewhere.isEmpty()) {
            return added
                    ? "%s, which was added, %s it for %s".formatted(consumer, needs, requirement)
                    : "%s, which %s it for %s, is gone".formatted(consumer, needed, requirement);
        }
        Optional<String> provider = other.provider(consumer, requirement);
        if (provider.isPresent()) {
            return "the requirement %s of %s %s by %s"
                    .formatted(requirement, consumer, met(added, between), provider.get());
        }
        return added
                ? "%s %s %s it for %s, which %s did not"
                        .formatted(
                                consumer,
                                there.version(),
                                needs,
                                requirement,
                                elsewhere.get().version())
                : "%s %s no longer %s it for %s, as %s did"
                        .formatted(consumer, elsewhere.get().version(), needs, requirement, there.version());
    }

    private static String met(boolean added, Between between) {
        if (added) {
            return between.happened() ? "was met" : "is met";
        }
        return between.happened() ? "is met now" : "would be met";
    }

    private static VersionChange moved(MoveCauses moves, Policy policy, LockEntry from, LockEntry to, Between between) {
        SemVer older = SemVer.parse(from.version());
        SemVer newer = SemVer.parse(to.version());
        Kind kind = newer.compareTo(older) > 0 ? Kind.UP : Kind.DOWN;
        String code = from.capability();
        String asked = between.asked().get(code);
        BiFunction<String, String, Optional<String>> told = between::told;
        BiFunction<String, String, Optional<String>> forbidden =
                (other, version) -> between.refused(other, version, policy);
        List<String> lost = moves.lostProviders(code, forbidden);
        boolean known = asked != null || forbidden.apply(code, from.version()).isPresent() || !lost.isEmpty();
        List<String> causes = new ArrayList<>(moves.of(code, known));
        if (asked != null) {
            causes.addFirst(asked);
        }
        // Of what the policy accepts, a step may leave a version for its own sake; beside another reason it is none.
        boolean explained = !causes.isEmpty();
        (explained ? forbidden : told)
                .apply(code, from.version())
                .ifPresent(stood -> causes.addFirst(from.version() + " " + stood));
        causes.addAll(explained ? lost : moves.lostProviders(code, told));
        if (causes.isEmpty()) {
            causes.add(between.otherwise());
        }
        String sentence = "%s %s from %s to %s: %s.%s"
                .formatted(
                        code,
                        verb(kind, between),
                        from.version(),
                        to.version(),
                        String.join("; ", causes),
                        between.taken().apply(to.capability(), to.version()));
        return new VersionChange(kind, code, from.version(), to.version(), size(older, newer), to.reason(), sentence);
    }

    static ReleaseSize size(SemVer from, SemVer to) {
        return ReleaseSize.valueOf(
                dev.apg.resolver.version.ReleaseSize.between(from, to).name());
    }
}
