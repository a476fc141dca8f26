package dev.apg.server.archive;

import java.util.List;
import java.util.UUID;

/** A part of all that a tenant has. */
public interface TenantPart {
    /** The name of its file in the archive; parts are written in the order of their names. */
    String name();

    /** The tables whose rows it shows. */
    List<String> tables();

    /** Inside a transaction of the tenant in which everything is of one moment. */
    void write(UUID tenantId, Archive archive);
}
