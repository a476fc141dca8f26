/**
 * Finds a consistent set of capability versions, or explains why there is none.
 *
 * <p>A pure library: no I/O, no clock, no randomness. The same input gives the same output.
 */
@NullMarked
package dev.apg.resolver;

import org.jspecify.annotations.NullMarked;
