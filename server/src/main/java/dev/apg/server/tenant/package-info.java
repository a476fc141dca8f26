/** Tenants as whoever runs the installation sees them: made, bounded, suspended, deleted and in the end erased. */
@NullMarked
package dev.apg.server.tenant;

import org.jspecify.annotations.NullMarked;
