package dev.apg.server.mail;

/** A mail to one person. */
public record Letter(String to, String subject, String text) {
    public Letter {
        if ((to + subject).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a line break would end the header");
        }
    }

    /** Without what is in it: this may end up in a log. */
    @Override
    public String toString() {
        return "letter";
    }
}
