/** Measurements of the resolver alone: no server, no database. */
@NullMarked
package dev.apg.bench.resolver;

import org.jspecify.annotations.NullMarked;
