/** How often somebody may ask: rates by client, tenant and address. */
@NullMarked
package dev.apg.server.limit;

import org.jspecify.annotations.NullMarked;
