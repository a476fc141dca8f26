package dev.apg.server.platform.config;

import java.time.Duration;

/**
 * How long people stay logged in.
 *
 * @param idle a session that nobody uses for as long ends
 * @param longest every session ends after as long
 */
public record SessionSettings(Duration idle, Duration longest) {
    static SessionSettings ofDevelopment() {
        return new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12));
    }

    static SessionSettings read(EnvironmentReader reader) {
        return new SessionSettings(
                Duration.ofMinutes(reader.get(AccessVariables.SESSION_IDLE_MINUTES)),
                Duration.ofHours(reader.get(AccessVariables.SESSION_HOURS)));
    }
}
