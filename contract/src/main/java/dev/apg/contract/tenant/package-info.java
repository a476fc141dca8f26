/** Tenants as whoever runs the installation sees them. */
@NullMarked
package dev.apg.contract.tenant;

import org.jspecify.annotations.NullMarked;
