package dev.apg.server.composition;

import dev.apg.contract.composition.CompositionType;
import java.util.Optional;

/**
 * Which compositions a list shows.
 *
 * @param prefix of the code, in lower case
 */
record CompositionFilter(Optional<CompositionType> type, Optional<String> owner, Optional<String> prefix) {
    /** Binds a page's cursor to this list. */
    String scope() {
        return "compositions %s %s %s".formatted(type, owner, prefix);
    }
}
