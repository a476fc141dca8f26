/** The event log as clients read it. */
@NullMarked
package dev.apg.contract.event;

import org.jspecify.annotations.NullMarked;
