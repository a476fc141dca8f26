package dev.apg.server.composition;

import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.RevisionSummary;
import dev.apg.contract.composition.ValidationReport;

/** A revision with all but its bundle. */
record RevisionRow(RevisionSummary summary, DraftDocument draft, StoredLock lock, ValidationReport report) {}
