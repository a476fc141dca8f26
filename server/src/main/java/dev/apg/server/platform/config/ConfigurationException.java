package dev.apg.server.platform.config;

import java.util.List;

/** The environment is not acceptable: one sentence per variable, without any secret. */
public final class ConfigurationException extends RuntimeException {
    private final List<String> sentences;

    public ConfigurationException(List<String> sentences) {
        super(String.join("\n", sentences));
        this.sentences = List.copyOf(sentences);
    }

    public List<String> sentences() {
        return sentences;
    }
}
