/** Capabilities and their versions as they travel: the format {@code apg.version/1} and what answers say of it. */
@NullMarked
package dev.apg.contract.capability;

import org.jspecify.annotations.NullMarked;
