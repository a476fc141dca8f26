package dev.apg.server.composition;

import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.Exclusion;
import dev.apg.contract.composition.Member;
import dev.apg.contract.composition.Policy;
import dev.apg.contract.composition.RequiredService;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Drafts to and from {@code apg.composition/1}. The describing fields of a document are not the draft's. */
final class DraftDocuments {
    private DraftDocuments() {}

    /**
     * @throws OperationRefusedException if a value cannot be read, is there twice or is beyond a bound; its field is the
     *     path in the document
     */
    static Draft read(DraftDocument document) {
        SortedMap<String, Member> members = new TreeMap<>();
        for (int i = 0; i < document.members().size(); i++) {
            String path = "members[" + i + "].";
            Member given = document.members().get(i);
            String code = DraftSyntax.code(path + "capability", given.capability());
            Map<String, Object> configuration =
                    DraftSyntax.configuration(path + "configuration", given.configuration());
            var member = new Member(
                    code,
                    DraftSyntax.range(path + "range", given.range()),
                    configuration.isEmpty() ? null : configuration);
            requireNew(members.put(code, member) == null, path + "capability", code);
        }
        SortedMap<String, String> services = new TreeMap<>();
        for (int i = 0; i < document.services().size(); i++) {
            String path = "services[" + i + "].";
            RequiredService given = document.services().get(i);
            String code = DraftSyntax.code(path + "service", given.service());
            String range = DraftSyntax.range(path + "range", given.range());
            requireNew(services.put(code, range) == null, path + "service", code);
        }
        var exclusions = new TreeSet<>(Draft.EXCLUSION_ORDER);
        for (int i = 0; i < document.exclusions().size(); i++) {
            String path = "exclusions[" + i + "].";
            Exclusion given = document.exclusions().get(i);
            String code = DraftSyntax.code(path + "capability", given.capability());
            String range = DraftSyntax.range(path + "range", given.range());
            requireNew(exclusions.add(new Exclusion(code, range)), path + "capability", code);
        }
        return new Draft(
                Collections.unmodifiableSortedMap(members),
                Collections.unmodifiableSortedMap(services),
                pins(document),
                Collections.unmodifiableSortedSet(exclusions),
                document.policy() == null ? Policy.DEFAULT : document.policy(),
                configuration(document, members));
    }

    /** The draft as a document without describing fields. */
    static DraftDocument write(String composition, Draft draft) {
        return new DraftDocument(
                DraftDocument.FORMAT,
                composition,
                null,
                null,
                null,
                List.copyOf(draft.members().values()),
                draft.services().entrySet().stream()
                        .map(entry -> new RequiredService(entry.getKey(), entry.getValue()))
                        .toList(),
                draft.pins(),
                List.copyOf(draft.exclusions()),
                draft.policy(),
                draft.configuration());
    }

    private static SortedMap<String, String> pins(DraftDocument document) {
        SortedMap<String, String> pins = new TreeMap<>();
        document.pins().forEach((capability, version) -> {
            String path = "pins." + capability;
            String code = DraftSyntax.code(path, capability);
            requireNew(pins.put(code, DraftSyntax.version(path, version)) == null, path, code);
        });
        return Collections.unmodifiableSortedMap(pins);
    }

    private static SortedMap<String, Map<String, Object>> configuration(
            DraftDocument document, SortedMap<String, Member> members) {
        SortedMap<String, Map<String, Object>> configuration = new TreeMap<>();
        document.configuration().forEach((capability, given) -> {
            String path = "configuration." + capability;
            String code = DraftSyntax.code(path, capability);
            if (members.containsKey(code)) {
                throw new OperationRefusedException(
                        "draft.configured_member", path, code, "a capability that is no member: a member has its own");
            }
            Map<String, Object> checked = DraftSyntax.configuration(path, given);
            if (!checked.isEmpty()) {
                requireNew(configuration.put(code, checked) == null, path, code);
            }
        });
        return Collections.unmodifiableSortedMap(configuration);
    }

    private static void requireNew(boolean added, String path, String value) {
        if (!added) {
            throw new OperationRefusedException("draft.duplicate", path, value, "each one once");
        }
    }
}
