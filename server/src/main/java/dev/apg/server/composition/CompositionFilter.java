package dev.apg.server.composition;

import dev.apg.contract.composition.CompositionType;
import dev.apg.server.capability.VersionKey;
import java.util.Optional;

/**
 * Which compositions a list shows.
 *
 * @param prefix of the code, in lower case
 * @param locks a version that the newest revision has in its lock
 */
record CompositionFilter(
        Optional<CompositionType> type, Optional<String> owner, Optional<String> prefix, Optional<VersionKey> locks) {
    /** Binds a page's cursor to this list. */
    String scope() {
        return "compositions %s %s %s %s".formatted(type, owner, prefix, locks);
    }
}
