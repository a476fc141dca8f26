/** Documents that people write, with the places to point at when something is wrong. */
@NullMarked
package dev.apg.cli.input;

import org.jspecify.annotations.NullMarked;
