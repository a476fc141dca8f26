/** Makes catalogues of any size that look like real ones, the same for the same seed. */
@NullMarked
package dev.apg.bench.catalogue;

import org.jspecify.annotations.NullMarked;
