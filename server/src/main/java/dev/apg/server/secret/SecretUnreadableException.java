package dev.apg.server.secret;

/** A secret cannot be read: its key is not there, or it is not what was put in that place. Says what to do. */
public final class SecretUnreadableException extends RuntimeException {
    SecretUnreadableException(String sentence) {
        super(sentence);
    }
}
