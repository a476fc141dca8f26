/** Who changed what. */
@NullMarked
package dev.apg.server.audit;

import org.jspecify.annotations.NullMarked;
