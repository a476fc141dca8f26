/** Access tokens: signed, verified, and the keys for that. */
@NullMarked
package dev.apg.server.signing;

import org.jspecify.annotations.NullMarked;
