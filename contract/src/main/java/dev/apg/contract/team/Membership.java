package dev.apg.contract.team;

/**
 * What a member may do with the team.
 *
 * @param maintainer whether the member may add and remove others
 */
public record Membership(boolean maintainer) {}
