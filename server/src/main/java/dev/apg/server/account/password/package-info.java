/** What a password may be, and how it is kept. */
@NullMarked
package dev.apg.server.account.password;

import org.jspecify.annotations.NullMarked;
