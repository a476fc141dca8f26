package dev.apg.contract.catalog;

import dev.apg.contract.capability.VersionState;
import java.time.Instant;

/** A version in a list. */
public record VersionSummary(String number, VersionState state, Instant publishedAt, String digest) {}
