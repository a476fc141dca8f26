/**
 * The search for a consistent set, on plain ints: knows nothing of codes, ranges or policies. Internal to the resolver;
 * {@code docs/resolver.md} explains it.
 */
@NullMarked
package dev.apg.resolver.engine;

import org.jspecify.annotations.NullMarked;
