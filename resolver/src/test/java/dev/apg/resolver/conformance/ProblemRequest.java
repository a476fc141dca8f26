package dev.apg.resolver.conformance;

import dev.apg.resolver.engine.IntMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What one case of a problem asks for.
 *
 * @param installs sets of which a member must be chosen
 * @param forbids sets of which none may be chosen
 * @param keeps what must stay of what is installed
 * @param ranks by id: the greater, the more a candidate is preferred; 2 where nothing is said
 * @param weak whether recommendations are followed
 */
record ProblemRequest(
        int[] installs, int[] forbids, List<Upgrade> upgrades, List<Keep> keeps, IntMap ranks, boolean weak) {

    /** A member of {@code allowed} must be chosen, and none of {@code all} that is not in it. */
    record Upgrade(int allowed, int all) {}

    /** The installed version {@code id} wants a member of {@code members} to stay. */
    record Keep(int id, int[] members) {}

    static ProblemRequest of(Problem problem, JsonNode each) {
        JsonNode request = each.path("request");
        List<Upgrade> upgrades = new ArrayList<>();
        for (JsonNode upgrade : request.path("upgrade")) {
            upgrades.add(new Upgrade(
                    upgrade.required("allowed").intValue(),
                    upgrade.required("all").intValue()));
        }
        return new ProblemRequest(
                Problem.ints(request.path("install")),
                Problem.ints(request.path("forbid")),
                upgrades,
                problem.oneOfAName ? List.of() : keeps(problem),
                ranks(problem, request),
                each.path("weak").asBoolean(false));
    }

    /** Without a wish, for sweeps. */
    static ProblemRequest none() {
        return new ProblemRequest(new int[0], new int[0], List.of(), List.of(), new IntMap(), false);
    }

    /** Only what the answer format has facts for. */
    ProblemRequest withoutUpgradesAndKeeps() {
        return new ProblemRequest(installs, forbids, List.of(), List.of(), ranks, weak);
    }

    private static List<Keep> keeps(Problem problem) {
        List<Keep> keeps = new ArrayList<>();
        for (int id = 0; id < problem.versions.length; id++) {
            Problem.Version version = problem.versions[id];
            if (version.installed && version.keep != null) {
                switch (version.keep) {
                    case "version" -> keeps.add(new Keep(id, new int[] {id}));
                    case "package" -> keeps.add(new Keep(id, problem.idsOf(version.name)));
                    case "feature" -> {
                        for (int set : version.keepNames) {
                            keeps.add(new Keep(id, problem.sets[set]));
                        }
                    }
                    default ->
                        throw new IllegalArgumentException(
                                "keep: " + version.keep + " (expected: version, package or feature)");
                }
            }
        }
        return keeps;
    }

    private static IntMap ranks(Problem problem, JsonNode request) {
        IntMap ranks = new IntMap();
        for (int id : Problem.ints(request.path("prefer"))) {
            ranks.put(id, 4);
        }
        for (int set : Problem.ints(request.path("favor"))) {
            Arrays.stream(problem.sets[set]).forEach(id -> ranks.put(id, 3));
        }
        for (int set : Problem.ints(request.path("disfavor"))) {
            Arrays.stream(problem.sets[set]).forEach(id -> ranks.put(id, 1));
        }
        return ranks;
    }
}
