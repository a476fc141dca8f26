package dev.apg.contract.team;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may do something with one thing.
 *
 * @param guarded whether only those who are listed may; otherwise all of the tenant may whose role permits it
 * @param orphaned whether nobody is left who owns it, so that only administrators can give it to somebody
 * @param items all there are, owners first
 */
public record GrantList(
        boolean guarded,
        boolean orphaned,
        List<Grant> items,
        @Nullable String nextCursor,
        long totalCount) {
    public GrantList {
        items = List.copyOf(items);
    }

    /**
     * What somebody was given.
     *
     * @param grantee such as {@code team:payments-core}; of a team that was deleted, its id
     * @param name of the team, account, token or client, when it was given
     * @param gone whether there is no such team, or nobody in it, or no such member any more
     */
    public record Grant(String grantee, String name, Level level, boolean gone) {}
}
