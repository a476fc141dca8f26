/** Teams, their members, and who else may do something with one thing. */
@NullMarked
package dev.apg.contract.team;

import org.jspecify.annotations.NullMarked;
