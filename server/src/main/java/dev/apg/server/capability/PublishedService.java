package dev.apg.server.capability;

import java.time.Instant;
import java.util.UUID;

/** A service; who provides it is in the structures of the versions. */
public record PublishedService(UUID id, String code, String description, Instant createdAt) {}
