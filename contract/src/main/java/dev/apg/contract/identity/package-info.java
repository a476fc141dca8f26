/** Who says for a tenant who its people are. */
@NullMarked
package dev.apg.contract.identity;

import org.jspecify.annotations.NullMarked;
