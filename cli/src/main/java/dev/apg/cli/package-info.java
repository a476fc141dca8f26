/** The command {@code apg}. */
@NullMarked
package dev.apg.cli;

import org.jspecify.annotations.NullMarked;
