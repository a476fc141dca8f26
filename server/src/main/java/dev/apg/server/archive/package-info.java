/** What an export of a whole tenant consists of; each feature adds what it has. */
@NullMarked
package dev.apg.server.archive;

import org.jspecify.annotations.NullMarked;
