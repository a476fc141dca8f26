package dev.apg.server.web;

import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;

/**
 * Somebody was refused for want of a permission; published for whoever keeps account of it.
 *
 * @param operation the method and the path's pattern: {@code POST /api/v1/tokens}
 */
public record Denial(TenantContext by, Permission needs, String operation) {}
