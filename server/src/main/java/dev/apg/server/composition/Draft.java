package dev.apg.server.composition;

import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Exclusion;
import dev.apg.contract.composition.Member;
import dev.apg.contract.composition.Policy;
import dev.apg.contract.composition.RequiredService;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of a draft: what its operations add up to. Immutable; every code is lower case, every range written out and
 * readable, nothing beyond the bounds.
 *
 * @param members by code
 * @param services range by the service's code
 * @param pins version by the capability's code
 * @param configuration of capabilities that are no members, by code; none of them empty
 */
record Draft(
        SortedMap<String, Member> members,
        SortedMap<String, String> services,
        SortedMap<String, String> pins,
        SortedSet<Exclusion> exclusions,
        Policy policy,
        SortedMap<String, Map<String, Object>> configuration) {

    static final Comparator<Exclusion> EXCLUSION_ORDER =
            Comparator.comparing(Exclusion::capability).thenComparing(exclusion -> DraftSyntax.text(exclusion.range()));

    private static final int MAX_EXCLUSIONS_TOLD = 3;

    static final Draft EMPTY = new Draft(
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.emptySortedMap(),
            Collections.unmodifiableSortedSet(new TreeSet<>(EXCLUSION_ORDER)),
            Policy.DEFAULT,
            Collections.emptySortedMap());

    /**
     * The draft after the operation. Takes time linear in the draft.
     *
     * @throws OperationRefusedException if the operation does not apply
     */
    Draft apply(DraftOperation operation) {
        return switch (operation) {
            case DraftOperation.AddMember add -> addMember(add);
            case DraftOperation.RemoveMember remove -> removeMember(remove);
            case DraftOperation.SetRange set -> setRange(set);
            case DraftOperation.SetConfiguration set -> setConfiguration(set);
            case DraftOperation.RequireService require -> {
                String service = DraftSyntax.code("service", require.service());
                String range = DraftSyntax.range("range", require.range());
                yield withServices(with(services, service, range, "services"));
            }
            case DraftOperation.DropService drop -> {
                String service = DraftSyntax.code("service", drop.service());
                requirePresent(services.containsKey(service), "draft.service_absent", "service", service, "required");
                yield withServices(without(services, service));
            }
            case DraftOperation.Pin pin -> {
                String capability = DraftSyntax.code("capability", pin.capability());
                String version = DraftSyntax.version("version", pin.version());
                yield withPins(with(pins, capability, version, "pins"));
            }
            case DraftOperation.Unpin unpin -> {
                String capability = DraftSyntax.code("capability", unpin.capability());
                requirePresent(pins.containsKey(capability), "draft.pin_absent", "capability", capability, "pinned");
                yield withPins(without(pins, capability));
            }
            case DraftOperation.Exclude exclude -> {
                Exclusion exclusion = exclusion(exclude.capability(), exclude.range());
                DraftSyntax.requireRoom("exclusions", exclusions.size(), exclusions.contains(exclusion));
                yield withExclusions(changed(exclusions, set -> set.add(exclusion)));
            }
            case DraftOperation.Include include -> {
                Exclusion exclusion = exclusion(include.capability(), include.range());
                requireExcluded(exclusion);
                yield withExclusions(changed(exclusions, set -> set.remove(exclusion)));
            }
            case DraftOperation.SetPolicy set -> withPolicy(DraftSyntax.policy("policy", set.policy()));
            case DraftOperation.Replace replace -> DraftDocuments.read(replace.document());
        };
    }

    /** The part of the draft that the operation is about, as it stands: for the audit log and for finding conflicts. */
    Optional<Object> part(DraftOperation operation) {
        return Optional.ofNullable(
                switch (operation) {
                    case DraftOperation.AddMember add -> members.get(DraftSyntax.lower(add.capability()));
                    case DraftOperation.RemoveMember remove -> members.get(DraftSyntax.lower(remove.capability()));
                    case DraftOperation.SetRange set -> members.get(DraftSyntax.lower(set.capability()));
                    case DraftOperation.SetConfiguration set -> {
                        String code = DraftSyntax.lower(set.capability());
                        yield members.containsKey(code) ? members.get(code) : configuration.get(code);
                    }
                    case DraftOperation.RequireService require -> service(DraftSyntax.lower(require.service()));
                    case DraftOperation.DropService drop -> service(DraftSyntax.lower(drop.service()));
                    case DraftOperation.Pin pin -> pin(DraftSyntax.lower(pin.capability()));
                    case DraftOperation.Unpin unpin -> pin(DraftSyntax.lower(unpin.capability()));
                    case DraftOperation.Exclude exclude -> present(exclusion(exclude.capability(), exclude.range()));
                    case DraftOperation.Include include -> present(exclusion(include.capability(), include.range()));
                    case DraftOperation.SetPolicy set -> policy;
                    case DraftOperation.Replace replace ->
                        DraftDocuments.write(replace.document().composition(), this);
                });
    }

    /** The configuration that a capability gets, as a member or pulled in; empty if it is given none. */
    Map<String, Object> configurationOf(String capability) {
        Member member = members.get(capability);
        Map<String, Object> given = member == null ? configuration.get(capability) : member.configuration();
        return given == null ? Map.of() : given;
    }

    private Draft addMember(DraftOperation.AddMember add) {
        String code = DraftSyntax.code("capability", add.capability());
        if (members.containsKey(code)) {
            throw new OperationRefusedException(
                    "draft.member_present",
                    "capability",
                    code,
                    "a capability that is not a member yet; set_range and set_configuration change one");
        }
        Map<String, Object> given = DraftSyntax.configuration("configuration", add.configuration());
        // What it got while it was only pulled in stays its configuration.
        Map<String, Object> configured = given.isEmpty() ? configurationOf(code) : given;
        var member =
                new Member(code, DraftSyntax.range("range", add.range()), configured.isEmpty() ? null : configured);
        return withMembers(with(members, code, member, "members")).withConfiguration(without(configuration, code));
    }

    private Draft removeMember(DraftOperation.RemoveMember remove) {
        String code = DraftSyntax.code("capability", remove.capability());
        requireMember(code, "; exclude keeps out one that is only pulled in");
        return withMembers(without(members, code));
    }

    private Draft setRange(DraftOperation.SetRange set) {
        String code = DraftSyntax.code("capability", set.capability());
        Member member = requireMember(code, "; add_member names one");
        var changed = new Member(code, DraftSyntax.range("range", set.range()), member.configuration());
        return withMembers(with(members, code, changed, "members"));
    }

    private Draft setConfiguration(DraftOperation.SetConfiguration set) {
        String code = DraftSyntax.code("capability", set.capability());
        Map<String, Object> given = DraftSyntax.configuration("configuration", set.configuration());
        Member member = members.get(code);
        if (member != null) {
            var changed = new Member(code, member.range(), given.isEmpty() ? null : given);
            return withMembers(with(members, code, changed, "members"));
        }
        return withConfiguration(
                given.isEmpty() ? without(configuration, code) : with(configuration, code, given, "configuration"));
    }

    /** @param instead which operation is for what is no member */
    private Member requireMember(String code, String instead) {
        Member member = members.get(code);
        if (member == null) {
            throw new OperationRefusedException(
                    "draft.member_absent", "capability", code, "a member of the draft" + instead);
        }
        return member;
    }

    private static void requirePresent(boolean present, String problem, String field, String value, String state) {
        if (!present) {
            throw new OperationRefusedException(problem, field, value, "one that is " + state + " in the draft");
        }
    }

    /** An exclusion is known by its range, which those who take it back often leave out. */
    private void requireExcluded(Exclusion exclusion) {
        if (exclusions.contains(exclusion)) {
            return;
        }
        String others = exclusions.stream()
                .filter(other -> other.capability().equals(exclusion.capability()))
                .map(other -> DraftSyntax.text(other.range()))
                .limit(MAX_EXCLUSIONS_TOLD)
                .collect(Collectors.joining(" and "));
        throw new OperationRefusedException(
                "draft.exclusion_absent",
                "capability",
                exclusion.capability(),
                "one that is excluded with the range %s in the draft%s"
                        .formatted(exclusion.range(), others.isEmpty() ? "" : ", which excludes it with " + others));
    }

    private static Exclusion exclusion(String capability, @Nullable String range) {
        return new Exclusion(DraftSyntax.code("capability", capability), DraftSyntax.range("range", range));
    }

    private @Nullable RequiredService service(String code) {
        String range = services.get(code);
        return range == null ? null : new RequiredService(code, range);
    }

    private @Nullable Map<String, String> pin(String code) {
        String version = pins.get(code);
        return version == null ? null : Map.of("capability", code, "version", version);
    }

    private @Nullable Exclusion present(Exclusion exclusion) {
        return exclusions.contains(exclusion) ? exclusion : null;
    }

    private static <T> SortedMap<String, T> with(SortedMap<String, T> map, String key, T value, String list) {
        DraftSyntax.requireRoom(list, map.size(), map.containsKey(key));
        var changed = new TreeMap<>(map);
        changed.put(key, value);
        return Collections.unmodifiableSortedMap(changed);
    }

    private static <T> SortedMap<String, T> without(SortedMap<String, T> map, String key) {
        if (!map.containsKey(key)) {
            return map;
        }
        var changed = new TreeMap<>(map);
        changed.remove(key);
        return Collections.unmodifiableSortedMap(changed);
    }

    private static SortedSet<Exclusion> changed(SortedSet<Exclusion> set, Consumer<SortedSet<Exclusion>> change) {
        var changed = new TreeSet<>(set);
        change.accept(changed);
        return Collections.unmodifiableSortedSet(changed);
    }

    private Draft withMembers(SortedMap<String, Member> changed) {
        return new Draft(changed, services, pins, exclusions, policy, configuration);
    }

    private Draft withServices(SortedMap<String, String> changed) {
        return new Draft(members, changed, pins, exclusions, policy, configuration);
    }

    private Draft withPins(SortedMap<String, String> changed) {
        return new Draft(members, services, changed, exclusions, policy, configuration);
    }

    private Draft withExclusions(SortedSet<Exclusion> changed) {
        return new Draft(members, services, pins, changed, policy, configuration);
    }

    Draft withPolicy(Policy changed) {
        return new Draft(members, services, pins, exclusions, changed, configuration);
    }

    private Draft withConfiguration(SortedMap<String, Map<String, Object>> changed) {
        return new Draft(members, services, pins, exclusions, policy, changed);
    }
}
