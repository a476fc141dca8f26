package dev.apg.server.composition;

import dev.apg.contract.composition.Exclusion;
import dev.apg.contract.composition.RevisionDiff.DraftChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What people changed in a draft, part by part. */
final class DraftDiff {
    private DraftDiff() {}

    static List<DraftChange> between(Draft before, Draft after) {
        List<DraftChange> changes = new ArrayList<>();
        add(changes, "member", ranges(before), ranges(after));
        add(changes, "service", before.services(), after.services());
        add(changes, "pin", before.pins(), after.pins());
        add(changes, "exclusion", exclusions(before), exclusions(after));
        add(changes, "configuration", configurations(before), configurations(after));
        if (!before.policy().equals(after.policy())) {
            changes.add(new DraftChange("policy", null, before.policy(), after.policy()));
        }
        return changes;
    }

    private static SortedMap<String, String> ranges(Draft draft) {
        SortedMap<String, String> ranges = new TreeMap<>();
        draft.members().forEach((code, member) -> ranges.put(code, DraftSyntax.text(member.range())));
        return ranges;
    }

    private static SortedMap<String, List<String>> exclusions(Draft draft) {
        SortedMap<String, List<String>> ranges = new TreeMap<>();
        for (Exclusion exclusion : draft.exclusions()) {
            ranges.computeIfAbsent(exclusion.capability(), code -> new ArrayList<>())
                    .add(DraftSyntax.text(exclusion.range()));
        }
        return ranges;
    }

    private static SortedMap<String, Map<String, Object>> configurations(Draft draft) {
        SortedMap<String, Map<String, Object>> configurations = new TreeMap<>(draft.configuration());
        draft.members().forEach((code, member) -> {
            if (member.configuration() != null) {
                configurations.put(code, member.configuration());
            }
        });
        return configurations;
    }

    private static <T> void add(
            List<DraftChange> changes, String part, SortedMap<String, T> before, SortedMap<String, T> after) {
        var codes = new TreeSet<>(before.keySet());
        codes.addAll(after.keySet());
        for (String code : codes) {
            @Nullable T from = before.get(code);
            @Nullable T to = after.get(code);
            if (!Objects.equals(from, to)) {
                changes.add(new DraftChange(part, code, from, to));
            }
        }
    }
}
