/** Environment variables: what each is called, what it accepts, what it does. */
@NullMarked
@NamedInterface("configuration")
package dev.apg.server.platform.config;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
