/**
 * What a version's document means, without a database: reading, checking, canonical form. Pure functions of the
 * document; docs/publishing.md says in which order they run.
 */
@NullMarked
package dev.apg.server.capability.document;

import org.jspecify.annotations.NullMarked;
