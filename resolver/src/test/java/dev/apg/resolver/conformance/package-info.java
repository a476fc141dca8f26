/** Answers problems that this project did not write: {@code make conformance FILE= OUT=}. */
@NullMarked
package dev.apg.resolver.conformance;

import org.jspecify.annotations.NullMarked;
