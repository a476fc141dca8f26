package dev.apg.server.catalog;

import dev.apg.contract.Page;
import dev.apg.contract.catalog.ServiceDetail;
import dev.apg.contract.catalog.ServiceProvider;
import dev.apg.contract.catalog.ServiceProvider.ProvidedVersion;
import dev.apg.contract.catalog.ServiceSummary;
import dev.apg.resolver.CapabilityVersion;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.Filters;
import dev.apg.server.web.Paging;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Services and who provides them. */
@RestController
@RequestMapping("/api/v1")
class ServiceController {
    private static final int SHOWN_VERSIONS = 20;

    private final Catalog catalog;

    ServiceController(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/services")
    @Operation(summary = "List services", description = "By code.")
    @Parameter(in = ParameterIn.QUERY, name = "prefix", description = "of the code")
    ResponseEntity<Page<ServiceSummary>> listServices(
            TenantContext context,
            Paging paging,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        context.require(Permission.CATALOG_READ);
        @Nullable String given = new Filters(parameters).single("prefix");
        String prefix = given == null ? "" : given.toLowerCase(Locale.ROOT);
        String scope = "services " + prefix;
        // No code sorts between a code and the same with a NUL after it.
        String from = paging.after(scope, key -> key.getFirst() + "\0").orElse(prefix);
        Snapshot snapshot = catalog.snapshot(context);
        List<ServiceEntry> rows = snapshot.services(from)
                .takeWhile(service -> service.code().startsWith(prefix))
                .limit(paging.fetch())
                .toList();
        long total = prefix.isEmpty()
                ? snapshot.serviceCount()
                : snapshot.services(prefix)
                        .takeWhile(service -> service.code().startsWith(prefix))
                        .count();
        return ResponseEntity.ok()
                .headers(CursorHeader.at(snapshot.cursor()))
                .body(paging.page(
                        scope,
                        rows,
                        service -> List.of(service.code()),
                        service -> new ServiceSummary(
                                service.id(),
                                service.code(),
                                service.description(),
                                snapshot.universe().providers(service.code()).size()),
                        total));
    }

    @GetMapping("/services/{code}")
    @Operation(summary = "Show a service and who provides it", description = "Pages through the providers, by code.")
    ResponseEntity<ServiceDetail> showService(TenantContext context, @PathVariable String code, Paging paging) {
        context.require(Permission.CATALOG_READ);
        String wanted = code.toLowerCase(Locale.ROOT);
        String scope = "providers " + wanted;
        Optional<String> after = paging.after(scope, List::getFirst);
        Snapshot snapshot = catalog.snapshot(context);
        ServiceEntry service = snapshot.service(wanted)
                .orElseThrow(() -> Rejection.notFound("service", code, snapshot.nearService(wanted)));
        List<String> providers = snapshot.universe().providers(wanted);
        List<String> rows = providers.stream()
                .filter(provider -> after.isEmpty() || provider.compareTo(after.get()) > 0)
                .limit(paging.fetch())
                .toList();
        Page<ServiceProvider> page = paging.page(
                scope,
                rows,
                List::of,
                provider -> provider(snapshot, snapshot.require(provider), wanted),
                providers.size());
        return ResponseEntity.ok()
                .headers(CursorHeader.at(snapshot.cursor()))
                .body(new ServiceDetail(service.id(), service.code(), service.description(), page));
    }

    private static ServiceProvider provider(Snapshot snapshot, CapabilityEntry entry, String service) {
        List<ProvidedVersion> provisions = snapshot.universe().versions(entry.code()).reversed().stream()
                .flatMap(version -> provided(version, service).stream())
                .toList();
        return new ServiceProvider(
                entry.code(),
                entry.displayName(),
                entry.status(),
                provisions.subList(0, Math.min(SHOWN_VERSIONS, provisions.size())),
                provisions.size());
    }

    private static Optional<ProvidedVersion> provided(CapabilityVersion version, String service) {
        return version.provides().stream()
                .filter(provision -> provision.service().equals(service))
                .findFirst()
                .map(provision -> new ProvidedVersion(
                        version.number().toString(), provision.version().toString()));
    }
}
