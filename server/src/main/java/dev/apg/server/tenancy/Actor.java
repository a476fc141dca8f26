package dev.apg.server.tenancy;

import java.util.UUID;

/**
 * Who acts: a person or a machine.
 *
 * @param id of the token or account
 * @param name as people know it; shown in audit entries and events
 */
public record Actor(UUID id, String name, Role role) {}
