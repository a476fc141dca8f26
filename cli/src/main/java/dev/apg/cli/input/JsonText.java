package dev.apg.cli.input;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.contract.WireJson;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Reads JSON. */
final class JsonText {
    private JsonText() {}

    static Document read(String text, String source) {
        try {
            return new Document(source, WireJson.MAPPER.readTree(text), Map.of(), "");
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    "%s:%d: %s".formatted(source, Math.max(1, e.getLocation().getLineNr()), e.getOriginalMessage()));
        }
    }
}
