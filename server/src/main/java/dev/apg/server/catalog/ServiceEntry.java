package dev.apg.server.catalog;

import java.util.UUID;

/** A service; who provides it is asked of the snapshot. */
public record ServiceEntry(UUID id, String code, String description) {}
