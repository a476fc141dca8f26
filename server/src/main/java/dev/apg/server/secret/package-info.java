/** What must be kept secret and read again: encrypted in the database, under keys that are not there. */
@NullMarked
package dev.apg.server.secret;

import org.jspecify.annotations.NullMarked;
