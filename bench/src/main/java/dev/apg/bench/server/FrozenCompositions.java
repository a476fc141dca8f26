package dev.apg.bench.server;

import dev.apg.bench.catalogue.SyntheticCatalogue;
import dev.apg.resolver.Root;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Thousands of compositions that all have one capability: some hundred are composed and frozen as people do it, different
 * applications with what they need, and copied in the database, because freezing all of them would take half an hour. A
 * copy's bundle is empty, all else is the same.
 */
final class FrozenCompositions {
    /** Frozen over HTTP. */
    private static final int ORIGINALS = 300;

    private static final int LEAST_MEMBERS = 15;
    private static final int MEMBERS_SPREAD = 66;

    private FrozenCompositions() {}

    /** @param common a member of all of them, in any version */
    static CompositionCopies.Made make(ServerProcess server, SyntheticCatalogue catalogue, String common, int count)
            throws IOException {
        Requests requests = server.requests();
        try (Connection connection = server.connect()) {
            for (int i = 0; i < Math.min(count, ORIGINALS); i++) {
                String code = "bench-%05d".formatted(i);
                List<Root> members = new ArrayList<>(catalogue.members(LEAST_MEMBERS + i * 7 % MEMBERS_SPREAD, i));
                members.add(Root.capability(common, "*"));
                Load.requireSuccess(
                        connection.exchange(requests.post("/api/v1/compositions", Compositions.create(code, members))));
                Connection.Answer draft = connection.exchange(requests.get("/api/v1/compositions/" + code + "/draft"));
                Load.requireSuccess(connection.exchange(
                        requests.post("/api/v1/compositions/" + code + "/revisions", "{}", draft.header("ETag"))));
            }
        }
        return CompositionCopies.make(server.directory(), Math.max(0, count - ORIGINALS), ORIGINALS);
    }
}
