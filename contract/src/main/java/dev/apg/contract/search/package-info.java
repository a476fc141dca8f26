/** Finding capabilities by words. */
@NullMarked
package dev.apg.contract.search;

import org.jspecify.annotations.NullMarked;
