package dev.apg.server.composition;

import java.util.Optional;
import java.util.UUID;

/**
 * A composition's draft.
 *
 * @param number of its newest operation; 0 for an empty one
 * @param head the composition's newest revision
 */
record DraftRow(UUID compositionId, String code, Draft draft, long number, Optional<Integer> head) {}
