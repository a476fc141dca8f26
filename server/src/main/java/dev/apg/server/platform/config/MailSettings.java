package dev.apg.server.platform.config;

import dev.apg.server.platform.ThisMachine;
import java.util.Optional;

/**
 * How mail goes out.
 *
 * @param sender the address that it comes from
 * @param encryption what is asked of the connection to the mail server
 */
public record MailSettings(
        String server,
        int port,
        Optional<String> username,
        Optional<Secret> password,
        String sender,
        Encryption encryption) {
    private static final int TLS_PORT = 465;

    /** From the strictest to the loosest. */
    public enum Encryption {
        /** TLS from the first byte. */
        TLS,
        /** TLS as the first thing that is asked for, and no mail without. */
        STARTTLS,
        /** TLS if the server offers it: on this machine, and in development. */
        IF_OFFERED
    }

    /** Empty if there is no mail server. */
    static Optional<MailSettings> read(EnvironmentReader reader, Settings.Stage stage) {
        Optional<String> server = reader.read(MailVariables.SMTP_SERVER);
        int port = reader.get(MailVariables.SMTP_PORT);
        Optional<String> username = reader.read(MailVariables.SMTP_USERNAME);
        Optional<Secret> password = reader.read(MailVariables.SMTP_PASSWORD).map(Secret::new);
        Optional<String> sender = reader.read(MailVariables.SENDER);
        if (server.isEmpty()) {
            return Optional.empty();
        }
        if (sender.isEmpty()) {
            if (!reader.isGiven(MailVariables.SENDER)) {
                reader.refuse("%s is missing (expected with SMTP_SERVER: %s)."
                        .formatted(MailVariables.SENDER.name(), MailVariables.SENDER.expected()));
            }
            return Optional.empty();
        }
        if (username.isPresent() != password.isPresent()) {
            reader.refuse("SMTP_USERNAME and SMTP_PASSWORD: one of them is missing (expected: both or none).");
        }
        return Optional.of(new MailSettings(
                server.get(), port, username, password, sender.get(), encryption(stage, server.get(), port)));
    }

    private static Encryption encryption(Settings.Stage stage, String server, int port) {
        if (port == TLS_PORT) {
            return Encryption.TLS;
        }
        return stage == Settings.Stage.DEVELOPMENT || ThisMachine.isCalled(server)
                ? Encryption.IF_OFFERED
                : Encryption.STARTTLS;
    }
}
