/** One-time passwords of a device that somebody has. */
@NullMarked
package dev.apg.server.account.factor;

import org.jspecify.annotations.NullMarked;
