/** Measures APG on synthetic catalogues, and prints tables. */
@NullMarked
package dev.apg.bench;

import org.jspecify.annotations.NullMarked;
