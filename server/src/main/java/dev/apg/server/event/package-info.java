/** The event log, and the one door through which every write goes. */
@NullMarked
package dev.apg.server.event;

import org.jspecify.annotations.NullMarked;
