package dev.apg.server.composition;

import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.Exclusion;
import dev.apg.contract.composition.Member;
import dev.apg.contract.composition.Policy;
import dev.apg.contract.composition.RequiredService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Drafts to and from {@code apg.composition/1}. The describing fields of a document are not the draft's. */
final class DraftDocuments {
    private DraftDocuments() {}

    /**
     * @throws OperationRefusedException if a value cannot be read, is there twice or is beyond a bound; its field is the
     *     path in the document. The first of them: {@link #refusals} tells all
     */
    static Draft read(DraftDocument document) {
        var reading = new Reading();
        Draft draft = reading.draft(document);
        if (!reading.refusals.isEmpty()) {
            throw reading.refusals.getFirst();
        }
        return draft;
    }

    /** Everything for which {@link #read} refuses a document, at most fifty, in the order in which it is written out. */
    static List<OperationRefusedException> refusals(DraftDocument document) {
        var reading = new Reading();
        reading.draft(document);
        return reading.refusals;
    }

    /**
     * A draft as {@link #write} wrote it, without checking it again: a rule that became stricter since then must not keep
     * anybody from reading what is stored.
     */
    static Draft stored(DraftDocument document) {
        SortedMap<String, Member> members = new TreeMap<>();
        document.members().forEach(member -> members.put(member.capability(), member));
        SortedMap<String, String> services = new TreeMap<>();
        document.services().forEach(service -> services.put(service.service(), DraftSyntax.text(service.range())));
        SortedSet<Exclusion> exclusions = new TreeSet<>(Draft.EXCLUSION_ORDER);
        exclusions.addAll(document.exclusions());
        return new Draft(
                Collections.unmodifiableSortedMap(members),
                Collections.unmodifiableSortedMap(services),
                Collections.unmodifiableSortedMap(new TreeMap<>(document.pins())),
                Collections.unmodifiableSortedSet(exclusions),
                document.policy() == null ? Policy.DEFAULT : document.policy(),
                Collections.unmodifiableSortedMap(new TreeMap<>(document.configuration())));
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

    /** Reads a document on behind what is wrong with it, so that its author hears of all of that at once. */
    private static final class Reading {
        private static final int MOST = 50;

        final List<OperationRefusedException> refusals = new ArrayList<>();

        Draft draft(DraftDocument document) {
            SortedMap<String, Member> members = members(document);
            return new Draft(
                    members,
                    services(document),
                    pins(document),
                    exclusions(document),
                    policy(document),
                    configuration(document, members));
        }

        private Policy policy(DraftDocument document) {
            Policy given = document.policy() == null ? Policy.DEFAULT : document.policy();
            return value(() -> DraftSyntax.policy("policy", given), given);
        }

        private SortedMap<String, Member> members(DraftDocument document) {
            SortedMap<String, Member> members = new TreeMap<>();
            for (int i = 0; i < document.members().size(); i++) {
                String path = "members[" + i + "].";
                Member given = document.members().get(i);
                String code = code(path + "capability", given.capability());
                Map<String, Object> configuration =
                        value(() -> DraftSyntax.configuration(path + "configuration", given.configuration()), Map.of());
                var member = new Member(
                        code, range(path + "range", given.range()), configuration.isEmpty() ? null : configuration);
                requireNew(members.put(code, member) == null, path + "capability", code);
            }
            return Collections.unmodifiableSortedMap(members);
        }

        private SortedMap<String, String> services(DraftDocument document) {
            SortedMap<String, String> services = new TreeMap<>();
            for (int i = 0; i < document.services().size(); i++) {
                String path = "services[" + i + "].";
                RequiredService given = document.services().get(i);
                String code = code(path + "service", given.service());
                requireNew(services.put(code, range(path + "range", given.range())) == null, path + "service", code);
            }
            return Collections.unmodifiableSortedMap(services);
        }

        private SortedMap<String, String> pins(DraftDocument document) {
            SortedMap<String, String> pins = new TreeMap<>();
            document.pins().forEach((capability, version) -> {
                String path = "pins." + capability;
                String code = code(path, capability);
                String number = value(() -> DraftSyntax.version(path, version), version);
                requireNew(pins.put(code, number) == null, path, code);
            });
            return Collections.unmodifiableSortedMap(pins);
        }

        private SortedSet<Exclusion> exclusions(DraftDocument document) {
            SortedSet<Exclusion> exclusions = new TreeSet<>(Draft.EXCLUSION_ORDER);
            for (int i = 0; i < document.exclusions().size(); i++) {
                String path = "exclusions[" + i + "].";
                Exclusion given = document.exclusions().get(i);
                String code = code(path + "capability", given.capability());
                var exclusion = new Exclusion(code, range(path + "range", given.range()));
                requireNew(exclusions.add(exclusion), path + "capability", code);
            }
            return Collections.unmodifiableSortedSet(exclusions);
        }

        private SortedMap<String, Map<String, Object>> configuration(
                DraftDocument document, SortedMap<String, Member> members) {
            SortedMap<String, Map<String, Object>> configuration = new TreeMap<>();
            document.configuration().forEach((capability, given) -> {
                String path = "configuration." + capability;
                String code = code(path, capability);
                if (members.containsKey(code)) {
                    refuse(new OperationRefusedException(
                            "draft.configured_member",
                            path,
                            code,
                            "a capability that is no member: a member has its own"));
                }
                Map<String, Object> checked = value(() -> DraftSyntax.configuration(path, given), Map.of());
                if (!checked.isEmpty()) {
                    requireNew(configuration.put(code, checked) == null, path, code);
                }
            });
            return Collections.unmodifiableSortedMap(configuration);
        }

        private String code(String field, String given) {
            return value(() -> DraftSyntax.code(field, given), given);
        }

        private String range(String field, @Nullable String given) {
            return value(() -> DraftSyntax.range(field, given), DraftSyntax.text(given));
        }

        private void requireNew(boolean added, String path, String value) {
            if (!added) {
                refuse(new OperationRefusedException("draft.duplicate", path, value, "each one once"));
            }
        }

        /** The value, or something in its place if it is refused: the draft is of no use then. */
        private <T> T value(Supplier<T> reading, T instead) {
            try {
                return reading.get();
            } catch (OperationRefusedException refused) {
                refuse(refused);
                return instead;
            }
        }

        private void refuse(OperationRefusedException refused) {
            if (refusals.size() < MOST) {
                refusals.add(refused);
            }
        }
    }
}
