package dev.apg.resolver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Small random problems with every kind of wish and objective, of which every possible answer is looked at. */
class ProblemPropertyTests {
    private static final List<String> OBJECTIVES = List.of(
            "",
            "-count(removed),-count(changed)",
            "-count(removed),-notuptodate(solution),-unsat_recommends(solution),-count(new)",
            "-sum(solution,size),-count(solution)",
            "+count(solution),-sum(changed,size)",
            "-count(new),+count(up),-count(down)",
            "+sum(solution,gain),-unsat_recommends(changed)",
            "-unsat_recommends(solution),+notuptodate(removed),-sum(new,gain)");

    @Property(seed = "1", tries = 2000)
    void theAnswerIsTheBestOfAllOrACoreOfWhichNoFactCanBeSpared(@ForAll long seed) {
        Problem problem = Problem.parse(document(new Random(seed)).toString());
        JsonNode each = problem.cases.getFirst();
        ProblemJudge judge = new ProblemJudge(problem, each);
        String objective = each.path("objective").asString("");
        Optional<List<Long>> best = best(judge, objective);
        JsonNode answer = ProblemCase.answer(problem, each);
        assertThat(answer.required("status").asString()).isEqualTo(best.isPresent() ? "sat" : "unsat");
        if (best.isPresent()) {
            BitSet chosen = new BitSet();
            Arrays.stream(Problem.ints(answer.required("ids"))).forEach(chosen::set);
            assertThat(judge.violations(chosen)).isEmpty();
            assertThat(judge.values(objective, chosen)).isEqualTo(best.get());
        } else {
            judge.requireMinimalCore(answer.required("core"));
        }
    }

    private static Optional<List<Long>> best(ProblemJudge judge, String objective) {
        Comparator<List<Long>> lexicographic = (a, b) -> IntStream.range(0, a.size())
                .map(i -> Long.compare(a.get(i), b.get(i)))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0);
        List<List<Long>> values = new ArrayList<>();
        for (long bits = 0; bits < 1L << judge.problem().versions.length; bits++) {
            BitSet chosen = BitSet.valueOf(new long[] {bits});
            if (judge.violations(chosen).isEmpty()) {
                values.add(judge.values(objective, chosen));
            }
        }
        return values.stream().max(lexicographic);
    }

    private static ObjectNode document(Random random) {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        boolean exclusive = random.nextBoolean();
        document.put("exclusive", exclusive ? "name" : "none");
        ArrayNode names = document.putArray("names");
        ArrayNode versions = document.putArray("versions");
        int count = 4 + random.nextInt(5);
        ArrayNode sets = document.putArray("sets");
        sets.addArray();
        for (int id = 0; id < count; id++) {
            boolean first = id == 0 || random.nextInt(3) == 0;
            if (first) {
                names.add("name" + names.size());
            }
            versions.add(version(random, names.size() - 1, count, sets));
        }
        ObjectNode each = document.putArray("cases").addObject().put("id", "random");
        each.put("objective", OBJECTIVES.get(random.nextInt(OBJECTIVES.size())));
        each.put("weak", random.nextInt(4) == 0);
        ObjectNode request = each.putObject("request");
        putSets(request, "install", random.nextInt(3), count, sets, random);
        putSets(request, "forbid", Math.max(0, random.nextInt(4) - 2), count, sets, random);
        if (random.nextInt(3) == 0) {
            int allowed = set(random, count, sets);
            int all = set(random, count, sets);
            request.putArray("upgrade").addObject().put("allowed", allowed).put("all", all);
        }
        return document;
    }

    private static ObjectNode version(Random random, int name, int count, ArrayNode sets) {
        ObjectNode version =
                JsonMapper.shared().createObjectNode().put("n", name).put("v", "1");
        putSets(version, "req", random.nextInt(3), count, sets, random);
        putSets(version, "con", Math.max(0, random.nextInt(4) - 2), count, sets, random);
        putSets(version, "rec", random.nextInt(2), count, sets, random);
        version.put("size", random.nextInt(5)).put("gain", random.nextInt(7) - 3);
        if (random.nextInt(3) == 0) {
            version.put("inst", true);
            String keep = List.of("version", "package", "feature", "").get(random.nextInt(4));
            if (!keep.isEmpty()) {
                version.put("keep", keep);
                putSets(version, "keepNames", 1, count, sets, random);
            }
        }
        return version;
    }

    private static void putSets(ObjectNode to, String field, int number, int count, ArrayNode sets, Random random) {
        ArrayNode array = to.putArray(field);
        for (int i = 0; i < number; i++) {
            array.add(set(random, count, sets));
        }
    }

    /** Interned, as the format has it. */
    private static int set(Random random, int count, ArrayNode sets) {
        ArrayNode members = JsonMapper.shared().createArrayNode();
        for (int id = 0; id < count; id++) {
            if (random.nextInt(4) == 0) {
                members.add(id);
            }
        }
        for (int set = 0; set < sets.size(); set++) {
            if (sets.get(set).equals(members)) {
                return set;
            }
        }
        sets.add(members);
        return sets.size() - 1;
    }
}
