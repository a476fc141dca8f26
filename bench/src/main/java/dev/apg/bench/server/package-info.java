/** Measures the server as a process of its own, over HTTP on the loopback address. */
@NullMarked
package dev.apg.bench.server;

import org.jspecify.annotations.NullMarked;
