package dev.apg.cli.client;

import dev.apg.cli.CommandFailure;
import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.server.platform.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a code that does not exist was meant to be, as far as the server's first hundred compositions or a search tell. */
final class Guesses {
    private final ApgClient client;

    Guesses(ApgClient client) {
        this.client = client;
    }

    /** The refusal with a guess, if it is about a code and there is one. */
    ProblemException with(ProblemException refusal) {
        return refusal.mapErrors(error -> guess(refusal.problem().code(), error)
                .map(guess -> new FieldError(
                        error.source(),
                        error.line(),
                        error.field(),
                        error.value(),
                        "%s; did you mean %s?".formatted(error.expected(), guess),
                        error.code()))
                .orElse(error));
    }

    private Optional<String> guess(String problem, FieldError error) {
        if (error.value() == null || error.expected().contains("did you mean")) {
            return Optional.empty();
        }
        String typed = error.value();
        try {
            return switch (problem) {
                case "composition.not_found" -> Spelling.nearest(typed, compositions());
                case "capability.not_found" -> nearest(typed, capabilities(typed));
                default -> Optional.empty();
            };
        } catch (CommandFailure unanswered) {
            return Optional.empty();
        }
    }

    /** A name without its publisher is the likeliest slip. */
    private static Optional<String> nearest(String typed, List<String> codes) {
        return codes.stream()
                .filter(code -> code.endsWith("/" + typed))
                .findFirst()
                .or(() -> Spelling.nearest(typed, codes));
    }

    private List<String> compositions() {
        return items("/api/v1/compositions?limit=100")
                .map(item -> item.path("code").asString(""))
                .toList();
    }

    private List<String> capabilities(String typed) {
        return items("/api/v1/search" + ApgClient.query(List.of(Map.entry("q", typed), Map.entry("limit", "20"))))
                .map(item -> item.path("capability").path("code").asString(""))
                .toList();
    }

    private Stream<JsonNode> items(String path) {
        return ApgClient.json(client.ask(client.request(path).GET()).body())
                .path("items")
                .valueStream();
    }
}
