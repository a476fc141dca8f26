/** What people and scripts get to see. */
@NullMarked
package dev.apg.cli.output;

import org.jspecify.annotations.NullMarked;
