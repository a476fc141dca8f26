/** What is asked of a tenant's catalogue: lists, details, who needs whom. */
@NullMarked
package dev.apg.contract.catalog;

import org.jspecify.annotations.NullMarked;
