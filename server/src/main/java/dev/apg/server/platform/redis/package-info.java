/** The connection to Redis, which everything does without while it is away. */
@NullMarked
@NamedInterface("redis")
package dev.apg.server.platform.redis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
