/** Calls of others: to nowhere but where the server is meant to call, and for no longer than it may take. */
@NullMarked
@NamedInterface("outbound")
package dev.apg.server.platform.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
