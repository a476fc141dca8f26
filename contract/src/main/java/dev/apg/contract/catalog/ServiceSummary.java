package dev.apg.contract.catalog;

import java.util.UUID;

/**
 * A service in a list.
 *
 * @param providerCount capabilities of which some version provides it
 */
public record ServiceSummary(UUID id, String code, String description, int providerCount) {}
