package dev.apg.server.platform.config;

import java.util.List;

/** The environment variables about mail. */
final class MailVariables {
    static final Variable<String> SMTP_SERVER = Variable.text(
            "SMTP_SERVER",
            "a host",
            "Mail goes out through it: invitations, and tokens for forgotten passwords. Without it, administrators hand these over.");

    static final Variable<Integer> SMTP_PORT = Variable.number(
                    "SMTP_PORT",
                    1,
                    65_535,
                    "Its port. On 465 the connection is TLS from the start; on another one STARTTLS is demanded, except on this machine and in development.")
            .byDefault("587");

    static final Variable<String> SMTP_USERNAME = Variable.text("SMTP_USERNAME", "a user", "Its user.");

    static final Variable<String> SMTP_PASSWORD =
            Variable.text("SMTP_PASSWORD", "a password", "Its password.").kept();

    static final Variable<String> SENDER = Variable.text(
                    "APG_MAIL_FROM",
                    "an address such as apg@example.com",
                    "Required with SMTP_SERVER. Mail comes from it.")
            .parsedBy(value -> {
                if (!value.matches("[^\\s@<>,;]{1,64}@[^\\s@<>,;]{1,200}")) {
                    throw new IllegalArgumentException("no address");
                }
                return value;
            });

    static final Variables.Section SECTION =
            new Variables.Section("Mail", List.of(SMTP_SERVER, SMTP_PORT, SMTP_USERNAME, SMTP_PASSWORD, SENDER));

    private MailVariables() {}
}
