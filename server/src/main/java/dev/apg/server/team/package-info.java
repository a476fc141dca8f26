/** Teams: members of a tenant who own things together. */
@NullMarked
package dev.apg.server.team;

import org.jspecify.annotations.NullMarked;
