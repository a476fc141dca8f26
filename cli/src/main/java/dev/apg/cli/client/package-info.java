/** Talks to a server. */
@NullMarked
package dev.apg.cli.client;

import org.jspecify.annotations.NullMarked;
