package dev.apg.bench.server;

import dev.apg.contract.WireJson;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.Member;
import dev.apg.contract.composition.ResolveRequest;
import dev.apg.resolver.Root;
import java.util.List;
import java.util.Map;

/** Compositions of applications from a synthetic catalogue, as documents. */
final class Compositions {
    private Compositions() {}

    /** The body of a request to resolve these members without saving anything. */
    static String resolve(String code, List<Root> members) {
        return WireJson.MAPPER.writeValueAsString(new ResolveRequest(draft(code, members), Map.of(), null));
    }

    /** The body of a request to create a composition of these members. */
    static String create(String code, List<Root> members) {
        return WireJson.MAPPER.writeValueAsString(draft(code, members));
    }

    private static DraftDocument draft(String code, List<Root> members) {
        return new DraftDocument(
                DraftDocument.FORMAT,
                code,
                null,
                null,
                null,
                members.stream()
                        .map(root -> new Member(
                                root.target().code(), root.target().range().text(), Map.of()))
                        .toList(),
                List.of(),
                Map.of(),
                List.of(),
                null,
                Map.of());
    }
}
