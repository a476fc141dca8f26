/** The embedded PostgreSQL that development runs on: real binaries, durable, in the data directory. */
@NullMarked
package dev.apg.server.platform.postgres;

import org.jspecify.annotations.NullMarked;
