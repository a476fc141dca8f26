package dev.apg.contract.team;

import java.time.Instant;

/**
 * Members of a tenant who own things together.
 *
 * @param members how many it has
 */
public record TeamDetail(String code, String displayName, long members, Instant createdAt) {}
