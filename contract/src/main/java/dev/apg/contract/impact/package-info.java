/** What a change would mean for the compositions. */
@NullMarked
package dev.apg.contract.impact;

import org.jspecify.annotations.NullMarked;
