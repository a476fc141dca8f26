package dev.apg.server.catalog;

import dev.apg.contract.capability.Status;
import dev.apg.server.web.Filters;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which capabilities a list shows: those that meet every filter; of one filter any value will do, and an empty one is met
 * by all.
 *
 * @param services provided by some version
 * @param prefix of the code
 */
record CapabilityFilter(
        Set<String> categories,
        Set<Status> statuses,
        Set<String> owners,
        Set<String> tags,
        Set<String> services,
        Optional<String> prefix) {

    static CapabilityFilter parse(Filters filters) {
        Set<String> services = new HashSet<>();
        filters.texts("service").forEach(code -> services.add(code.toLowerCase(Locale.ROOT)));
        return new CapabilityFilter(
                filters.texts("category"),
                filters.choices("status", Status.class),
                filters.texts("owner"),
                filters.texts("tag"),
                services,
                Optional.ofNullable(filters.single("prefix")).map(prefix -> prefix.toLowerCase(Locale.ROOT)));
    }

    boolean isEmpty() {
        return categories.isEmpty()
                && statuses.isEmpty()
                && owners.isEmpty()
                && tags.isEmpty()
                && services.isEmpty()
                && prefix.isEmpty();
    }

    Predicate<CapabilityEntry> in(Snapshot snapshot) {
        Set<String> providers = new HashSet<>();
        services.forEach(service -> providers.addAll(snapshot.universe().providers(service)));
        return entry -> (categories.isEmpty() || categories.contains(entry.category()))
                && (statuses.isEmpty() || statuses.contains(entry.status()))
                && (owners.isEmpty() || owners.contains(entry.owner()))
                && (tags.isEmpty() || !Collections.disjoint(tags, entry.tags()))
                && (services.isEmpty() || providers.contains(entry.code()))
                && entry.code().startsWith(prefix.orElse(""));
    }
}
