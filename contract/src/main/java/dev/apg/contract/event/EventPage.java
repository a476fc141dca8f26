package dev.apg.contract.event;

import java.util.List;

/**
 * Events after a cursor, oldest first.
 *
 * @param nextCursor give it as {@code after} to go on; present even when nothing is left, so that polling needs no other
 *     state
 * @param end where the log ends now
 * @param totalCount how many events there are after the cursor, this page included
 */
public record EventPage(List<EventDocument> items, String nextCursor, String end, long totalCount) {
    public EventPage {
        items = List.copyOf(items);
    }
}
