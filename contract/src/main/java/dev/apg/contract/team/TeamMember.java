package dev.apg.contract.team;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who belongs to a team.
 *
 * @param member such as {@code client:0197c2f4-0000-7000-8000-000000000000}
 * @param name of the account, or the label of the token or client; absent if it is gone
 * @param maintainer whether the member may add and remove others
 */
public record TeamMember(String member, @Nullable String name, boolean maintainer) {}
