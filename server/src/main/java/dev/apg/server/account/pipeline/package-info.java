/** Pipelines: jobs of CI services that publish with identity tokens instead of secrets. */
@NullMarked
package dev.apg.server.account.pipeline;

import org.jspecify.annotations.NullMarked;
