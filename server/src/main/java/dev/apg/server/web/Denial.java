package dev.apg.server.web;

import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import java.util.Optional;

/**
 * Somebody was refused what they may not do; published for whoever keeps account of it.
 *
 * @param why the code of the problem
 * @param needs the permission, if it was for want of one
 * @param operation the method and the path's pattern, {@code POST /api/v1/tokens}; the method alone, if it was before anything knew
 *     which path it is
 * @param object on what, if the path names it
 */
public record Denial(
        TenantContext by, String why, Optional<Permission> needs, String operation, Optional<Named> object) {
    /**
     * What a path names, spelled as the audit log spells it.
     *
     * @param kind such as {@code capability}
     * @param name its code, with a number if it is of a version or a revision; or its id
     */
    public record Named(String kind, String name) {}
}
