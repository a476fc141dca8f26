/**
 * Version numbers (SemVer 2.0) and version ranges (npm's grammar).
 *
 * <p>A range is read once and compiled to a {@link dev.apg.resolver.version.VersionSet}, a sorted list of intervals, so
 * that asking whether it admits a version is a binary search and never parses text again.
 */
@NullMarked
package dev.apg.resolver.version;

import org.jspecify.annotations.NullMarked;
