package dev.apg.server.catalog;

import dev.apg.resolver.CapabilityVersion;
import dev.apg.resolver.Universe;
import dev.apg.server.platform.NearCodes;
import dev.apg.server.tenancy.Cursor;
import dev.apg.server.web.Rejection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's whole catalogue at one cursor: immutable, in memory, safe for any number of threads. Reached through
 * {@link Catalog#snapshot} only. docs/snapshot-and-feed.md says how it is made and kept current.
 */
public final class Snapshot {
    private final Cursor cursor;
    private final Cursor tenantSince;
    private final Universe universe;
    private final SortedChunks<CapabilityEntry> capabilities;
    private final SortedChunks<ServiceEntry> services;
    private final PublisherNames capabilityNames;
    private final PublisherNames serviceNames;
    private final long versionCount;
    private volatile @Nullable Map<String, List<String>> servicesByProvider;

    private Snapshot(
            Cursor cursor,
            Cursor tenantSince,
            Universe universe,
            SortedChunks<CapabilityEntry> capabilities,
            SortedChunks<ServiceEntry> services,
            PublisherNames capabilityNames,
            PublisherNames serviceNames,
            long versionCount) {
        this.cursor = cursor;
        this.tenantSince = tenantSince;
        this.universe = universe;
        this.capabilities = capabilities;
        this.services = services;
        this.capabilityNames = capabilityNames;
        this.serviceNames = serviceNames;
        this.versionCount = versionCount;
    }

    /** @param capabilities in any order, each code once; likewise the services */
    static Snapshot of(
            Cursor cursor, Universe universe, List<CapabilityEntry> capabilities, List<ServiceEntry> services) {
        return new Snapshot(
                cursor,
                cursor,
                universe,
                SortedChunks.of(
                        CapabilityEntry::code,
                        capabilities.stream()
                                .sorted((a, b) -> a.code().compareTo(b.code()))
                                .toList()),
                SortedChunks.of(
                        ServiceEntry::code,
                        services.stream()
                                .sorted((a, b) -> a.code().compareTo(b.code()))
                                .toList()),
                PublisherNames.of(capabilities.stream().map(CapabilityEntry::code)),
                PublisherNames.of(services.stream().map(ServiceEntry::code)),
                capabilities.stream().mapToLong(entry -> entry.table().size()).sum());
    }

    /** A capability as it is now, with what resolving needs of its versions. */
    record Change(CapabilityEntry entry, List<CapabilityVersion> versions) {}

    /**
     * The snapshot after some changes. Costs the versions of the changed capabilities and a few kilobytes each,
     * whatever the size of the catalogue; see {@link SortedChunks} and {@link Universe#with}.
     *
     * @param tenantChanged whether something was said of the tenant itself
     */
    Snapshot with(
            Cursor cursor,
            Collection<Change> changes,
            Collection<ServiceEntry> changedServices,
            boolean tenantChanged) {
        Map<String, List<CapabilityVersion>> replaced = new HashMap<>();
        var entries = new TreeMap<String, CapabilityEntry>();
        long count = versionCount;
        for (Change change : changes) {
            CapabilityEntry entry = change.entry();
            replaced.put(entry.code(), change.versions());
            entries.put(entry.code(), entry);
            CapabilityEntry before = capabilities.get(entry.code());
            count += entry.table().size() - (before == null ? 0 : before.table().size());
        }
        var serviceEntries = new TreeMap<String, ServiceEntry>();
        changedServices.forEach(service -> serviceEntries.put(service.code(), service));
        return new Snapshot(
                cursor,
                tenantChanged ? cursor : tenantSince,
                replaced.isEmpty() ? universe : universe.with(replaced),
                capabilities.with(entries),
                services.with(serviceEntries),
                capabilityNames.with(entries.keySet()),
                serviceNames.with(serviceEntries.keySet()),
                count);
    }

    /** The last event that is included: the snapshot is exactly the state after it. */
    public Cursor cursor() {
        return cursor;
    }

    /**
     * Between this and {@link #cursor} nothing was said of the tenant itself: what anybody has read of its settings who had a
     * snapshot with the same one, holds.
     */
    public Cursor tenantSince() {
        return tenantSince;
    }

    /** What the resolver chooses from: every version that is not purged, marked by its state and its capability's. */
    public Universe universe() {
        return universe;
    }

    /** O(log n). */
    public Optional<CapabilityEntry> capability(String code) {
        return Optional.ofNullable(capabilities.get(code));
    }

    /**
     * The capability that a request names, in any case.
     *
     * @throws Rejection 404 {@code capability.not_found}
     */
    public CapabilityEntry require(String code) {
        return capability(code.toLowerCase(Locale.ROOT)).orElseThrow(() -> {
            String wanted = code.toLowerCase(Locale.ROOT);
            return Rejection.notFound("capability", code, expectedCapability(wanted));
        });
    }

    /**
     * The known code that was probably meant by an unknown one in lower case; for refusals only. Looks at a few thousand
     * codes at most, whatever the size of the catalogue.
     */
    public Optional<String> nearCapability(String code) {
        return NearCodes.nearest(
                code,
                (from, limit) -> capabilities(from).limit(limit).map(CapabilityEntry::code),
                capabilityNames::named);
    }

    /** The same for services. */
    public Optional<String> nearService(String code) {
        return NearCodes.nearest(
                code, (from, limit) -> services(from).limit(limit).map(ServiceEntry::code), serviceNames::named);
    }

    /**
     * What is expected where a code is that no capability has: one that exists, with the one that was probably meant, or
     * the word that it is a service's.
     *
     * @param code in lower case
     */
    public String expectedCapability(String code) {
        return service(code).isPresent()
                ? "a known capability; %s is a service".formatted(code)
                : "a known capability" + NearCodes.hint(nearCapability(code));
    }

    /** All, by code. */
    public Stream<CapabilityEntry> capabilities() {
        return stream(capabilities.iterator());
    }

    /** Those whose code is at least {@code from}, by code. */
    public Stream<CapabilityEntry> capabilities(String from) {
        return stream(capabilities.iterator(from));
    }

    public int capabilityCount() {
        return capabilities.size();
    }

    /** Purged ones included. */
    public long versionCount() {
        return versionCount;
    }

    /** O(log n). */
    public Optional<ServiceEntry> service(String code) {
        return Optional.ofNullable(services.get(code));
    }

    /** Those whose code is at least {@code from}, by code. */
    public Stream<ServiceEntry> services(String from) {
        return stream(services.iterator(from));
    }

    public int serviceCount() {
        return services.size();
    }

    /**
     * The services of each capability that has provided some, by code: cheaper than reading the versions of all that a walk
     * reaches. Made at first use, in time linear in the providers of all services; the same for all who ask.
     */
    Map<String, List<String>> servicesByProvider() {
        Map<String, List<String>> made = servicesByProvider;
        if (made == null) {
            Map<String, List<String>> making = new HashMap<>();
            services("")
                    .forEach(service -> universe.providers(service.code())
                            .forEach(provider -> making.computeIfAbsent(provider, _ -> new ArrayList<>())
                                    .add(service.code())));
            made = Collections.unmodifiableMap(making);
            servicesByProvider = made;
        }
        return made;
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        Iterable<T> iterable = () -> iterator;
        return StreamSupport.stream(iterable.spliterator(), false);
    }
}
