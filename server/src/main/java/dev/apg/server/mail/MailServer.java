package dev.apg.server.mail;

import dev.apg.server.platform.config.MailSettings;
import dev.apg.server.platform.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The mail server that mail goes out through. */
final class MailServer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final String from;

    MailServer(MailSettings settings) {
        from = settings.sender();
        sender.setHost(settings.server());
        sender.setPort(settings.port());
        settings.username().ifPresent(sender::setUsername);
        settings.password().map(Secret::value).ifPresent(sender::setPassword);
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        var properties = sender.getJavaMailProperties();
        String patience = Long.toString(PATIENCE.toMillis());
        properties.setProperty("mail.smtp.connectiontimeout", patience);
        properties.setProperty("mail.smtp.timeout", patience);
        properties.setProperty("mail.smtp.writetimeout", patience);
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(settings.username().isPresent()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (settings.encryption()) {
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case IF_OFFERED -> properties.setProperty("mail.smtp.starttls.enable", "true");
        }
    }

    /** @throws org.springframework.mail.MailException if it was not taken */
    void send(Letter letter) {
        var message = new SimpleMailMessage();
        message.setFrom(from);
        message.setTo(letter.to());
        message.setSubject(letter.subject());
        message.setText(letter.text());
        sender.send(message);
    }
}
