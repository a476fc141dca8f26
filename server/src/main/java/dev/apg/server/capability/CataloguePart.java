package dev.apg.server.capability;

import dev.apg.server.archive.Archive;
import dev.apg.server.archive.TenantPart;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The catalogue, as an import takes it. */
@Component
class CataloguePart implements TenantPart {
    private final ExportService export;

    CataloguePart(ExportService export) {
        this.export = export;
    }

    @Override
    public String name() {
        return "catalogue.jsonl";
    }

    /** References and versions of services are made of the documents. */
    @Override
    public List<String> tables() {
        return List.of(
                "capability", "version", "service", "service_version", "capability_reference", "service_reference");
    }

    @Override
    public void write(UUID tenantId, Archive archive) {
        archive.file(name(), out -> export.writeLines(tenantId, out));
    }
}
