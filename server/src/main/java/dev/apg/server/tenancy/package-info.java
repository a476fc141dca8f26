/** Who is asking, and transactions in which only their tenant's rows exist. */
@NullMarked
package dev.apg.server.tenancy;

import org.jspecify.annotations.NullMarked;
