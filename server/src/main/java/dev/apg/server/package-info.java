/** The registry and composition engine. Each package below is one feature; docs/architecture.md walks through them. */
@NullMarked
package dev.apg.server;

import org.jspecify.annotations.NullMarked;
