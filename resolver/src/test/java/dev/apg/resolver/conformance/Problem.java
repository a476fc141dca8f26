package dev.apg.resolver.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** By name, its first version; the end of the last name is one more entry. */
    int[] firstOfName = {};

    static Problem read(Path file) throws IOException {
        Problem problem = new Problem();
        try (JsonParser parser = JsonMapper.shared().createParser(file)) {
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
                        problem.sets =
                                elements(parser).stream().map(Problem::ints).toArray(int[][]::new);
                    case "cases" -> problem.cases = elements(parser);
                    case "sweeps" -> problem.sweeps = elements(parser);
                    default -> parser.skipChildren();
                }
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

    private void findNames() {
        firstOfName = new int[names + 1];
        int name = 0;
        for (int id = 0; id < versions.length; id++) {
            while (name <= versions[id].name) {
                firstOfName[name++] = id;
            }
        }
        while (name <= names) {
            firstOfName[name++] = versions.length;
        }
    }

    int firstOf(int name) {
        return firstOfName[name];
    }

    int endOf(int name) {
        return firstOfName[name + 1];
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
