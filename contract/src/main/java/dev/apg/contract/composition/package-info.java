/** Compositions as they travel: drafts, draft operations, locks. */
@NullMarked
package dev.apg.contract.composition;

import org.jspecify.annotations.NullMarked;
