package dev.apg.server.audit;

import dev.apg.contract.WireJson;
import dev.apg.contract.audit.AuditEntry;
import dev.apg.contract.audit.AuditLine;
import dev.apg.server.archive.Archive;
import dev.apg.server.archive.TenantPart;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The audit log with its seals, as its own export has it. */
@Component
class AuditPart implements TenantPart {
    private final ChainReader chain;
    private final AuditRepository entries;

    AuditPart(ChainReader chain, AuditRepository entries) {
        this.chain = chain;
        this.entries = entries;
    }

    @Override
    public String name() {
        return "audit.jsonl";
    }

    @Override
    public List<String> tables() {
        return List.of("audit_entry", "audit_seal", "audit_anchor");
    }

    @Override
    public void write(UUID tenantId, Archive archive) {
        archive.file(name(), out -> write(tenantId, out));
    }

    private void write(UUID tenantId, OutputStream out) throws IOException {
        Optional<Link> before = chain.start(tenantId, 0);
        if (before.isPresent()) {
            line(out, new AuditLine(null, null, before.get().wire()));
        }
        AuditPlace end = entries.newest(tenantId);
        for (Optional<ChainReader.Held> held = chain.held(tenantId, before);
                held.isPresent();
                held = chain.held(tenantId, before)) {
            Link link = held.get().seal().link();
            rest(tenantId, before.map(Link::last).orElse(AuditPlace.START), link.last(), out);
            line(out, new AuditLine(null, link.wire(), null));
            before = Optional.of(link);
        }
        rest(tenantId, before.map(Link::last).orElse(AuditPlace.START), end, out);
    }

    private void rest(UUID tenantId, AuditPlace after, AuditPlace upTo, OutputStream out) throws IOException {
        AuditPlace place = after;
        List<AuditEntry> some;
        do {
            some = entries.between(tenantId, place, upTo, Seal.MOST);
            for (AuditEntry entry : some) {
                line(out, new AuditLine(entry, null, null));
                place = new AuditPlace(entry.at(), entry.id());
            }
        } while (!some.isEmpty());
    }

    private static void line(OutputStream out, AuditLine line) throws IOException {
        out.write(WireJson.MAPPER.writeValueAsBytes(line));
        out.write('\n');
    }
}
