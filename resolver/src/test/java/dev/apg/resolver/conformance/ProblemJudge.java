package dev.apg.resolver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What it means for a solution to hold, for an objective to have a value, and for facts to contradict each other, read
 * literally. Shares nothing with what answers problems but their records.
 */
record ProblemJudge(Problem problem, JsonNode each) {
    private static final Pattern TERM = Pattern.compile("([+-])(\\w+)\\((\\w+)(?:,([\\w-]+))?\\)");

    /** What the solution breaks, in words; empty if it holds. */
    List<String> violations(BitSet chosen) {
        List<String> broken = new ArrayList<>();
        chosen.stream().forEach(id -> {
            Problem.Version version = problem.versions[id];
            Arrays.stream(version.required)
                    .filter(set -> !hits(set, chosen))
                    .forEach(set -> broken.add(id + " requires " + set));
            Arrays.stream(version.conflicts)
                    .filter(set -> isOpposed(id, set, chosen))
                    .forEach(set -> broken.add(id + " conflicts with " + set));
        });
        for (int name = 0; problem.oneOfAName && name < problem.names; name++) {
            if (ofName(name, chosen).count() > 1) {
                broken.add("two versions of " + name);
            }
        }
        JsonNode request = each.path("request");
        for (int set : Problem.ints(request.path("install"))) {
            check(hits(set, chosen), "install " + set, broken);
        }
        for (int set : Problem.ints(request.path("forbid"))) {
            check(!hits(set, chosen), "forbid " + set, broken);
        }
        for (JsonNode upgrade : request.path("upgrade")) {
            check(hits(upgrade.path("allowed").intValue(), chosen), "upgrade " + upgrade, broken);
            check(!isDowngraded(upgrade, chosen), "downgrade " + upgrade, broken);
        }
        for (int id = 0; id < problem.versions.length; id++) {
            check(isKept(id, chosen), "keep " + id, broken);
        }
        return broken;
    }

    private static void check(boolean holds, String what, List<String> broken) {
        if (!holds) {
            broken.add(what);
        }
    }

    private boolean hits(int set, BitSet chosen) {
        return Arrays.stream(problem.sets[set]).anyMatch(chosen::get);
    }

    private boolean isOpposed(int id, int set, BitSet chosen) {
        return Arrays.stream(problem.sets[set]).anyMatch(other -> other != id && chosen.get(other));
    }

    private IntStream ofName(int name, BitSet chosen) {
        return Arrays.stream(problem.idsOf(name)).filter(chosen::get);
    }

    private boolean isDowngraded(JsonNode upgrade, BitSet chosen) {
        List<Integer> allowed = Arrays.stream(
                        problem.sets[upgrade.path("allowed").intValue()])
                .boxed()
                .toList();
        return Arrays.stream(problem.sets[upgrade.path("all").intValue()])
                .anyMatch(id -> chosen.get(id) && !allowed.contains(id));
    }

    private boolean isKept(int id, BitSet chosen) {
        Problem.Version version = problem.versions[id];
        if (problem.oneOfAName || !version.installed || version.keep == null) {
            return true;
        }
        return switch (version.keep) {
            case "version" -> chosen.get(id);
            case "package" -> ofName(version.name, chosen).findAny().isPresent();
            default -> Arrays.stream(version.keepNames).allMatch(set -> hits(set, chosen));
        };
    }

    /** By criterion, the greater the better. */
    List<Long> values(String objective, BitSet chosen) {
        List<Long> values = new ArrayList<>();
        for (MatchResult term : TERM.matcher(objective).results().toList()) {
            int[] members = IntStream.range(0, problem.versions.length)
                    .filter(memberOf(term.group(3), chosen))
                    .toArray();
            long value = value(term.group(2), term.group(4), members, chosen);
            values.add(term.group(1).equals("-") ? -value : value);
        }
        return values;
    }

    private long value(String function, @Nullable String attribute, int[] members, BitSet chosen) {
        return switch (function) {
            case "count" -> members.length;
            case "sum" ->
                Arrays.stream(members)
                        .mapToLong(id -> problem.versions[id].attributes.getOrDefault(attribute, 0L))
                        .sum();
            case "notuptodate" ->
                Arrays.stream(members)
                        .filter(id -> id + 1 < problem.endOf(problem.versions[id].name))
                        .count();
            case "unsat_recommends" ->
                Arrays.stream(members)
                        .flatMap(id -> Arrays.stream(problem.versions[id].recommended))
                        .filter(set -> !hits(set, chosen))
                        .count();
            default -> throw new IllegalArgumentException(function);
        };
    }

    private IntPredicate memberOf(String set, BitSet chosen) {
        return switch (set) {
            case "solution" -> chosen::get;
            case "changed" -> id -> chosen.get(id) != problem.versions[id].installed;
            case "removed" ->
                id -> problem.versions[id].installed
                        && ofName(problem.versions[id].name, chosen).findAny().isEmpty();
            case "new" -> id -> chosen.get(id) && installed(id).length == 0;
            case "up" ->
                id -> chosen.get(id)
                        && installed(id).length > 0
                        && Arrays.stream(installed(id)).allMatch(old -> old < id);
            case "down" ->
                id -> chosen.get(id)
                        && installed(id).length > 0
                        && Arrays.stream(installed(id)).allMatch(old -> old > id);
            default -> throw new IllegalArgumentException(set);
        };
    }

    /** The installed versions of the same name. */
    private int[] installed(int id) {
        return Arrays.stream(problem.idsOf(problem.versions[id].name))
                .filter(other -> problem.versions[other].installed)
                .toArray();
    }

    /** Fails unless no choice at all meets these facts, and some choice meets them if any one is left out. */
    void requireMinimalCore(JsonNode core) {
        BitSet superfluous = new BitSet();
        superfluous.set(0, core.size());
        for (long bits = 0; bits < 1L << problem.versions.length; bits++) {
            BitSet chosen = BitSet.valueOf(new long[] {bits});
            int[] broken = IntStream.range(0, core.size())
                    .filter(i -> !holds(core.get(i), chosen))
                    .limit(2)
                    .toArray();
            assertThat(broken).as("facts of %s that %s breaks", core, chosen).isNotEmpty();
            if (broken.length == 1) {
                superfluous.clear(broken[0]);
            }
        }
        assertThat(superfluous.stream())
                .as("facts of %s without which no choice is possible", core)
                .isEmpty();
    }

    /** Whether a fact of a core holds for a choice; fails if the problem does not state it. */
    boolean holds(JsonNode fact, BitSet chosen) {
        JsonNode request = each.path("request");
        String kind = fact.propertyNames().iterator().next();
        JsonNode about = fact.required(kind);
        return switch (kind) {
            case "root" -> {
                assertThat(isAsked(about.intValue())).as("asked: %s", fact).isTrue();
                yield hits(about.intValue(), chosen);
            }
            case "forbid" -> {
                assertThat(Problem.ints(request.path("forbid"))).contains(about.intValue());
                yield !hits(about.intValue(), chosen);
            }
            case "req" -> {
                int id = about.get(0).intValue();
                assertThat(problem.versions[id].required).contains(about.get(1).intValue());
                yield !chosen.get(id) || hits(about.get(1).intValue(), chosen);
            }
            case "con" -> {
                int id = about.get(0).intValue();
                assertThat(problem.versions[id].conflicts).contains(about.get(1).intValue());
                yield !chosen.get(id) || !isOpposed(id, about.get(1).intValue(), chosen);
            }
            case "one" -> {
                assertThat(problem.oneOfAName).isTrue();
                yield ofName(about.intValue(), chosen).count() <= 1;
            }
            case "upgrade" -> !isDowngraded(request.path("upgrade").get(about.intValue()), chosen);
            case "keep" -> isKept(about.intValue(), chosen);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** Whether a set is one that a root can be: asked for, to be upgraded to, or to be kept. */
    private boolean isAsked(int set) {
        JsonNode request = each.path("request");
        if (Arrays.stream(Problem.ints(request.path("install"))).anyMatch(each -> each == set)) {
            return true;
        }
        for (JsonNode upgrade : request.path("upgrade")) {
            if (upgrade.path("allowed").intValue() == set) {
                return true;
            }
        }
        return Arrays.stream(problem.versions)
                .filter(version -> version.installed && version.keep != null)
                .anyMatch(version -> isKeptAs(version, problem.sets[set]));
    }

    private boolean isKeptAs(Problem.Version version, int[] members) {
        return switch (version.keep) {
            case "version" -> members.length == 1 && problem.versions[members[0]] == version;
            case "package" -> Arrays.equals(members, problem.idsOf(version.name));
            case null, default ->
                Arrays.stream(version.keepNames).anyMatch(set -> Arrays.equals(members, problem.sets[set]));
        };
    }
}
