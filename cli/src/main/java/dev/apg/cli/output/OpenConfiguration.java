package dev.apg.cli.output;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.ValidationReport.Finding;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The configuration that a draft gives a capability, with null where a validation found a value missing or wrong. */
final class OpenConfiguration {
    private final ObjectNode root;
    private final Set<String> places = new LinkedHashSet<>();

    private OpenConfiguration(ObjectNode root) {
        this.root = root;
    }

    static OpenConfiguration of(DraftDocument draft, String capability) {
        Map<String, Object> present = draft.members().stream()
                .filter(member -> member.capability().equals(capability))
                .flatMap(member -> Optional.ofNullable(member.configuration()).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(draft.configuration().get(capability)))
                .orElse(Map.of());
        return new OpenConfiguration(WireJson.MAPPER.valueToTree(present));
    }

    /** Where values are to be put, as paths. */
    List<String> places() {
        return List.copyOf(places);
    }

    String json() {
        return WireJson.MAPPER.writeValueAsString(root);
    }

    /** Puts null where a finding points, unless that is a whole object or list: then it says what is wrong in it. */
    void open(Finding finding) {
        List<String> path = Arrays.asList(String.valueOf(finding.path()).split("\\."));
        JsonNode at = root;
        int next = 1;
        while (next < path.size()) {
            int end = endOfKey(at, path, next);
            if (end == path.size() || !child(at, key(path, next, end)).isContainer()) {
                break;
            }
            at = child(at, key(path, next, end));
            next = end;
        }
        if (next >= path.size()) {
            return;
        }
        String key = key(path, next, path.size());
        boolean missing = finding.code().equals("configuration.missing") && endOfKey(at, path, next) == next;
        if (at instanceof ObjectNode object && (missing || object.path(key).isValueNode())) {
            object.putNull(key);
            places.add(key(path, 1, path.size()));
        } else if (at instanceof ArrayNode list && child(list, key).isValueNode()) {
            list.setNull(Integer.parseInt(key));
            places.add(key(path, 1, path.size()));
        }
    }

    /** A key may have dots itself: the longest that is there is taken; the beginning if there is none. */
    private static int endOfKey(JsonNode at, List<String> path, int from) {
        int end = path.size();
        while (end > from && child(at, key(path, from, end)).isMissingNode()) {
            end--;
        }
        return end;
    }

    private static String key(List<String> path, int from, int to) {
        return String.join(".", path.subList(from, to));
    }

    private static JsonNode child(JsonNode at, String key) {
        return at.isArray() && key.matches("[0-9]{1,9}") ? at.path(Integer.parseInt(key)) : at.path(key);
    }
}
