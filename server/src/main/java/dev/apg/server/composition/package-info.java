/** Compositions: draft, resolve, validate, freeze, compare. */
@NullMarked
package dev.apg.server.composition;

import org.jspecify.annotations.NullMarked;
