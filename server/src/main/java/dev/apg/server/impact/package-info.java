/** What a change would mean for the compositions, without making it. */
@NullMarked
package dev.apg.server.impact;

import org.jspecify.annotations.NullMarked;
