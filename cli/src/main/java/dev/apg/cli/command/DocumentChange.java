package dev.apg.cli.command;

import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Exclusion;
import dev.apg.contract.composition.Member;
import dev.apg.contract.composition.Policy;
import dev.apg.contract.composition.RequiredService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Applies draft operations to a document that is in a file and not on a server. The server has verified that the operations
 * of a fix apply; here they are only carried out.
 */
final class DocumentChange {
    private final DraftDocument before;
    private final List<Member> members;
    private final List<RequiredService> services;
    private final Map<String, String> pins;
    private final List<Exclusion> exclusions;
    private final Map<String, Map<String, Object>> configuration;
    private @Nullable Policy policy;

    private DocumentChange(DraftDocument before) {
        this.before = before;
        this.members = new ArrayList<>(before.members());
        this.services = new ArrayList<>(before.services());
        this.pins = new LinkedHashMap<>(before.pins());
        this.exclusions = new ArrayList<>(before.exclusions());
        this.configuration = new LinkedHashMap<>(before.configuration());
        this.policy = before.policy();
    }

    static DraftDocument apply(DraftDocument document, List<DraftOperation> operations) {
        DraftDocument changed = document;
        for (DraftOperation operation : operations) {
            changed = operation instanceof DraftOperation.Replace(var whole)
                    ? whole
                    : new DocumentChange(changed).with(operation).document();
        }
        return changed;
    }

    private DocumentChange with(DraftOperation operation) {
        switch (operation) {
            case DraftOperation.AddMember(var capability, var range, var settings) ->
                members.add(new Member(capability, range, settings));
            case DraftOperation.RemoveMember(var capability) -> members.removeIf(named(capability));
            case DraftOperation.SetRange(var capability, var range) ->
                members.replaceAll(member -> named(capability).test(member)
                        ? new Member(member.capability(), range, member.configuration())
                        : member);
            case DraftOperation.SetConfiguration(var capability, var settings) -> configure(capability, settings);
            case DraftOperation.RequireService(var service, var range) -> {
                services.removeIf(required -> required.service().equalsIgnoreCase(service));
                services.add(new RequiredService(service, range));
            }
            case DraftOperation.DropService(var service) ->
                services.removeIf(required -> required.service().equalsIgnoreCase(service));
            case DraftOperation.Pin(var capability, var version) -> {
                pins.keySet().removeIf(capability::equalsIgnoreCase);
                pins.put(capability, version);
            }
            case DraftOperation.Unpin(var capability) -> pins.keySet().removeIf(capability::equalsIgnoreCase);
            case DraftOperation.Exclude(var capability, var range) -> exclusions.add(new Exclusion(capability, range));
            case DraftOperation.Include(var capability, var range) ->
                exclusions.removeIf(exclusion -> exclusion.capability().equalsIgnoreCase(capability)
                        && Objects.requireNonNullElse(exclusion.range(), "*")
                                .equals(Objects.requireNonNullElse(range, "*")));
            case DraftOperation.SetPolicy(var changed) -> policy = changed;
            case DraftOperation.Replace replace -> throw new IllegalStateException("replaces the document itself");
        }
        return this;
    }

    private void configure(String capability, @Nullable Map<String, Object> settings) {
        if (members.stream().anyMatch(named(capability))) {
            members.replaceAll(member -> named(capability).test(member)
                    ? new Member(member.capability(), member.range(), settings)
                    : member);
        } else if (settings == null) {
            configuration.keySet().removeIf(capability::equalsIgnoreCase);
        } else {
            configuration.put(capability, settings);
        }
    }

    private static Predicate<Member> named(String capability) {
        return member -> member.capability().equalsIgnoreCase(capability);
    }

    private DraftDocument document() {
        return new DraftDocument(
                before.format(),
                before.composition(),
                before.displayName(),
                before.description(),
                before.type(),
                members,
                services,
                pins,
                exclusions,
                policy,
                configuration);
    }
}
