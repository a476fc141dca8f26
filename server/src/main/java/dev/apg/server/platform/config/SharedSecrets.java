package dev.apg.server.platform.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Secrets that serve several purposes: whoever learns one for the lesser purpose would have it for the greater one. */
final class SharedSecrets {
    private static final List<Variable<String>> KEYS =
            List.of(Variables.SECRET_KEY, Variables.API_KEY, AccessVariables.JWT_SECRET_KEY);

    /** Of other systems, whose length and content is theirs to choose. */
    private static final List<Variable<String>> PASSWORDS =
            List.of(Variables.DATABASE_PASSWORD, MailVariables.SMTP_PASSWORD, LaterVariables.AWS_SECRET_ACCESS_KEY);

    private record Named(String name, String value) {}

    private SharedSecrets() {}

    /** Keys everywhere, passwords outside development: nobody minds one password for all that runs on a laptop. */
    static void refuse(
            EnvironmentReader reader,
            Settings.Stage stage,
            List<Secret> encryptionKeys,
            Optional<Settings.Database> database) {
        var secrets = new ArrayList<Named>();
        KEYS.forEach(key -> reader.peek(key).ifPresent(value -> secrets.add(new Named(key.name(), value))));
        encryptionKeys.forEach(key -> secrets.add(new Named(AccessVariables.ENCRYPTION_KEY.name(), key.value())));
        if (stage != Settings.Stage.DEVELOPMENT) {
            PASSWORDS.forEach(password ->
                    reader.peek(password).ifPresent(value -> secrets.add(new Named(password.name(), value))));
            if (reader.peek(Variables.DATABASE_PASSWORD).isEmpty()) {
                database.map(external -> external.server().password())
                        .filter(password -> !password.isEmpty())
                        .ifPresent(password -> secrets.add(new Named(Variables.DATABASE_URL.name(), password)));
            }
        }
        var seen = new HashMap<String, String>();
        for (Named secret : secrets) {
            String other = seen.putIfAbsent(secret.value(), secret.name());
            if (other != null) {
                reader.refuse("%s and %s have the same value (expected: a value of its own for each)."
                        .formatted(other, secret.name()));
            }
        }
    }
}
