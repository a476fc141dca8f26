/** One class per command. */
@NullMarked
package dev.apg.cli.command;

import org.jspecify.annotations.NullMarked;
