/** Configuration, the database and its embedded default, health, metrics. */
@NullMarked
package dev.apg.server.platform;

import org.jspecify.annotations.NullMarked;
