/**
 * Renders a revision's lock as deployable files: Compose, Kubernetes, SBOM, README. Pure: no clock, no input or output,
 * no locale or time zone; the same input gives the same bytes everywhere. Described in {@code docs/bundles.md}.
 */
@NullMarked
package dev.apg.server.composition.bundle;

import org.jspecify.annotations.NullMarked;
