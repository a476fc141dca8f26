package dev.apg.server.platform.config;

import java.util.stream.Collectors;

/** Writes docs/configuration.md from the variables themselves, so that it cannot say anything else. */
public final class ConfigurationDocument {
    private ConfigurationDocument() {}

    /** The page as Markdown. */
    public static String markdown() {
        return """
                # Configuration

                <!-- Made by `make generate` from dev.apg.server.platform.config.Variables. -->

                The server is configured by environment variables. Each may be given as `NAME_FILE` instead, with the path of a file
                that holds the value, in at most 64 KiB of UTF-8, or of a pipe that gives it within 30 seconds. All that is missing or
                not accepted stops the start, with a sentence for each; an unknown `APG_…` name is warned of, also then. The command line reads `APG_URL`, `APG_TOKEN`, `APG_CA_FILE` and `APG_TIMEOUT`, and in jobs of a [pipeline](pipelines.md) `APG_PIPELINE`.

                """
                + Variables.SECTIONS.stream()
                        .map(ConfigurationDocument::section)
                        .collect(Collectors.joining("\n"));
    }

    private static String section(Variables.Section section) {
        return section.variables().stream()
                .map(ConfigurationDocument::row)
                .collect(Collectors.joining(
                        "\n",
                        "## %s\n\n| variable | default | accepts | meaning |\n|---|---|---|---|\n"
                                .formatted(section.title()),
                        "\n"));
    }

    private static String row(Variable<?> variable) {
        String names = variable.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return "| %s | %s | %s%s | %s%s |"
                .formatted(
                        names,
                        variable.fallback().map(value -> "`" + value + "`").orElse(""),
                        variable.expected(),
                        variable.secret() ? "; secret" : "",
                        variable.meaning(),
                        variable.awaits()
                                .map(feature -> " *No effect yet: waits for " + feature + ".*")
                                .orElse(""));
    }
}
