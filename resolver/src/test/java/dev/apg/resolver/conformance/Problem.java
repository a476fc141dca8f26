package dev.apg.resolver.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A {@code resolution-problem/1} document: versions and sets of versions, all of them ints. */
final class Problem {
    /** What one version needs and opposes; each int is a set. */
    static final class Version {
        int name;
        int[] required = {};
        int[] conflicts = {};
        int[] recommended = {};
        int[] suggested = {};
        int[] enhanced = {};
        int[] supplemented = {};
        boolean installed;

        @Nullable
        String keep;

        int[] keepNames = {};
        Map<String, Long> attributes = Map.of();
    }

    boolean oneOfAName = true;
    int names;
    Version[] versions = {};
    int[][] sets = {};
    List<JsonNode> cases = List.of();
    List<JsonNode> sweeps = List.of();

    private int[] firstOfName = {};
    private int[] endOfName = {};

    static Problem read(Path file) throws IOException {
        try (JsonParser parser = JsonMapper.shared().createParser(file)) {
            return read(parser);
        }
    }

    static Problem parse(String document) {
        try (JsonParser parser = JsonMapper.shared().createParser(document)) {
            return read(parser);
        }
    }

    private static Problem read(JsonParser parser) {
        Problem problem = new Problem();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "exclusive" -> problem.oneOfAName = parser.getString().equals("name");
                case "names" -> problem.names = elements(parser).size();
                case "versions" ->
                    problem.versions =
                            elements(parser).stream().map(Problem::version).toArray(Version[]::new);
                case "sets" ->
                    problem.sets = elements(parser).stream().map(Problem::set).toArray(int[][]::new);
                case "cases" -> problem.cases = elements(parser);
                case "sweeps" -> problem.sweeps = elements(parser);
                default -> parser.skipChildren();
            }
        }
        problem.findNames();
        return problem;
    }

    private static List<JsonNode> elements(JsonParser parser) {
        List<JsonNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(parser.readValueAsTree());
        }
        return elements;
    }

    private static Version version(JsonNode node) {
        Version version = new Version();
        Map<String, Long> attributes = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            switch (field.getKey()) {
                case "n" -> version.name = value.intValue();
                case "req" -> version.required = ints(value);
                case "con" -> version.conflicts = ints(value);
                case "rec" -> version.recommended = ints(value);
                case "sug" -> version.suggested = ints(value);
                case "enh" -> version.enhanced = ints(value);
                case "sup" -> version.supplemented = ints(value);
                case "inst" -> version.installed = value.booleanValue();
                case "keep" -> version.keep = value.stringValue();
                case "keepNames" -> version.keepNames = ints(value);
                default -> {
                    if (value.isIntegralNumber()) {
                        attributes.put(field.getKey(), value.longValue());
                    }
                }
            }
        }
        version.attributes = Map.copyOf(attributes);
        return version;
    }

    static int[] ints(JsonNode array) {
        int[] ints = new int[array.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = array.get(i).intValue();
        }
        return ints;
    }

    /** Ascending, each id once. */
    private static int[] set(JsonNode array) {
        return Arrays.stream(ints(array)).sorted().distinct().toArray();
    }

    private void findNames() {
        firstOfName = new int[names];
        endOfName = new int[names];
        for (int id = 0; id < versions.length; id++) {
            int name = versions[id].name;
            if (id == 0 || versions[id - 1].name != name) {
                firstOfName[name] = id;
            }
            endOfName[name] = id + 1;
        }
    }

    int firstOf(int name) {
        return firstOfName[name];
    }

    int endOf(int name) {
        return endOfName[name];
    }

    int[] idsOf(int name) {
        return IntStream.range(firstOf(name), endOf(name)).toArray();
    }

    /** What an upgrade must not choose. */
    int[] leftBehind(ProblemRequest.Upgrade upgrade) {
        int[] allowed = sets[upgrade.allowed()];
        return Arrays.stream(sets[upgrade.all()])
                .filter(id -> Arrays.binarySearch(allowed, id) < 0)
                .toArray();
    }

    /** The set of exactly these versions, or -1. */
    int setOf(int[] ids) {
        for (int set = 0; set < sets.length; set++) {
            if (Arrays.equals(sets[set], ids)) {
                return set;
            }
        }
        return -1;
    }

    boolean isInstalled(int name) {
        for (int id = firstOf(name); id < endOf(name); id++) {
            if (versions[id].installed) {
                return true;
            }
        }
        return false;
    }
}
