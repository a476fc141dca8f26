/** Finding capabilities by words. */
@NullMarked
package dev.apg.server.search;

import org.jspecify.annotations.NullMarked;
