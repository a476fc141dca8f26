package dev.apg.server.identity;

import java.util.Optional;

/**
 * With what a provider sent a browser back (RFC 6749, and RFC 9207 for the issuer).
 *
 * @param issuer who says that they sent it
 */
record ProviderAnswer(Optional<String> code, Optional<String> issuer, Optional<String> error) {
    /** Without the code: this may end up in a log. */
    @Override
    public String toString() {
        return "answer of an identity provider";
    }
}
