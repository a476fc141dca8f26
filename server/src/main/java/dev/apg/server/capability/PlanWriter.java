package dev.apg.server.capability;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.capability.Plan.NewVersion;
import dev.apg.server.capability.ReferenceRepository.Reference;
import dev.apg.server.capability.ReferenceRepository.ServiceRow;
import dev.apg.server.capability.ReferenceRepository.ServiceVersion;
import dev.apg.server.capability.Submission.Content;
import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.event.Growth;
import dev.apg.server.event.Journal;
import dev.apg.server.grant.Grants;
import dev.apg.server.grant.Subject;
import dev.apg.server.platform.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/**
 * Writes a plan in as few statements as its size allows. Rows go in the order of their keys, so that two writers wait for
 * each other instead of blocking each other for ever.
 */
@Component
class PlanWriter {
    /** Versions of one statement: their documents are in memory together. */
    private static final int VERSIONS_AT_ONCE = 500;

    /** Bytes of documents of one statement. */
    private static final long BYTES_AT_ONCE = 16L * 1024 * 1024;

    private static final int ROWS_AT_ONCE = 5_000;

    private final CapabilityRepository capabilities;
    private final VersionRepository versions;
    private final ReferenceRepository references;
    private final Grants grants;

    PlanWriter(
            CapabilityRepository capabilities,
            VersionRepository versions,
            ReferenceRepository references,
            Grants grants) {
        this.grants = grants;
        this.capabilities = capabilities;
        this.versions = versions;
        this.references = references;
    }

    /**
     * @param written is told now and then how many versions are written
     * @throws OvertakenException if another transaction was faster with one of the names
     */
    void write(UUID tenantId, Plan plan, Journal journal, LongConsumer written) {
        inParts(sorted(plan.newServices, Comparator.comparing(ServiceRow::code)), ROWS_AT_ONCE, part -> {
            if (references.insertServices(tenantId, part) != part.size()) {
                throw new OvertakenException("a service");
            }
        });
        Comparator<PublishedCapability> byCode = Comparator.comparing(PublishedCapability::code);
        inParts(sorted(plan.newCapabilities.values(), byCode), ROWS_AT_ONCE, part -> {
            if (capabilities.insert(tenantId, part) != part.size()) {
                throw new OvertakenException("a capability");
            }
        });
        inParts(sorted(plan.changedCapabilities.values(), byCode), ROWS_AT_ONCE, part -> {
            if (capabilities.update(tenantId, part) != part.size()) {
                throw new OvertakenException("a capability");
            }
        });
        plan.newServices.forEach(service -> journal.grow(service.growth()));
        journal.grow(Growth.ofCapabilities(plan.newCapabilities.size()));
        journal.grow(Growth.ofVersions(plan.versions.size(), versions(tenantId, plan, written)));
        sorted(plan.states, Comparator.comparing(change -> change.known().id())).forEach(change -> {
            if (!versions.setState(tenantId, change.known(), change.state(), change.reason())) {
                throw new OvertakenException("a version's state");
            }
        });
        references(tenantId, plan);
        plan.mutations.forEach(recorded -> journal.record(recorded.by(), recorded.mutation()));
        inParts(List.copyOf(plan.owners.entrySet()), ROWS_AT_ONCE, part -> guard(tenantId, plan, journal, part));
    }

    private void guard(UUID tenantId, Plan plan, Journal journal, List<Map.Entry<String, Plan.Owner>> owners) {
        List<UUID> ids = new ArrayList<>(owners.size());
        for (Map.Entry<String, Plan.Owner> each : owners) {
            UUID id = Plan.id(plan.capabilityIds, each.getKey());
            ids.add(id);
            Plan.Owner owner = each.getValue();
            grants.guard(owner.by(), journal, new Subject(Subject.Kind.CAPABILITY, id, each.getKey()), owner.grant());
        }
        capabilities.setGuarded(tenantId, ids, true);
    }

    /** Bytes of their documents. */
    private long versions(UUID tenantId, Plan plan, LongConsumer written) {
        Comparator<NewVersion> byName = Comparator.comparing(
                        (NewVersion version) -> version.key().capability())
                .thenComparing(version -> version.key().number());
        List<VersionRepository.Row> rows = new ArrayList<>();
        long bytes = 0;
        long all = 0;
        long done = 0;
        for (NewVersion version : sorted(plan.versions, byName)) {
            VersionRepository.Row row = row(plan, version);
            rows.add(row);
            bytes += row.document() == null ? 0 : row.document().length;
            if (rows.size() == VERSIONS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
                insert(tenantId, rows);
                done += rows.size();
                written.accept(done);
                rows.clear();
                all += bytes;
                bytes = 0;
            }
        }
        insert(tenantId, rows);
        return all + bytes;
    }

    private void insert(UUID tenantId, List<VersionRepository.Row> rows) {
        if (!rows.isEmpty() && versions.insert(tenantId, rows) != rows.size()) {
            throw new OvertakenException("a version");
        }
    }

    private static VersionRepository.Row row(Plan plan, NewVersion version) {
        Content content =
                version.candidate() == null ? null : version.candidate().fetch().content();
        return new VersionRepository.Row(
                Ids.next(),
                Plan.id(plan.capabilityIds, version.key().capability()),
                version.key().number(),
                version.state(),
                version.reason(),
                Digest.parse(version.digest()).bytes(),
                content == null ? null : content.canonical(),
                content == null ? null : content.structure(),
                version.by().actor().name());
    }

    private void references(UUID tenantId, Plan plan) {
        List<Reference> toCapabilities = new ArrayList<>();
        List<Reference> toServices = new ArrayList<>();
        plan.links.forEach(link -> {
            UUID source = Plan.id(plan.capabilityIds, link.capability());
            String code = link.name().code();
            if (link.name().kind() == Kind.CAPABILITY) {
                toCapabilities.add(new Reference(source, Plan.id(plan.capabilityIds, code)));
            } else {
                toServices.add(new Reference(source, Plan.id(plan.serviceIds, code)));
            }
        });
        Comparator<Reference> byIds = Comparator.comparing(Reference::source).thenComparing(Reference::target);
        inParts(
                sorted(toCapabilities, byIds),
                ROWS_AT_ONCE,
                part -> references.insertCapabilityReferences(tenantId, part));
        inParts(sorted(toServices, byIds), ROWS_AT_ONCE, part -> references.insertServiceReferences(tenantId, part));
        List<ServiceVersion> numbers = new ArrayList<>();
        plan.serviceNumbers.forEach((code, all) ->
                all.forEach(number -> numbers.add(new ServiceVersion(Plan.id(plan.serviceIds, code), number))));
        inParts(
                sorted(numbers, Comparator.comparing(ServiceVersion::service).thenComparing(ServiceVersion::number)),
                ROWS_AT_ONCE,
                part -> references.insertServiceVersions(tenantId, part));
    }

    private static <T> List<T> sorted(Collection<T> items, Comparator<T> order) {
        return items.stream().sorted(order).toList();
    }

    private static <T> void inParts(List<T> items, int size, Consumer<List<T>> write) {
        for (int from = 0; from < items.size(); from += size) {
            write.accept(items.subList(from, Math.min(items.size(), from + size)));
        }
    }
}
