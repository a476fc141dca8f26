package dev.apg.server.account;

import dev.apg.contract.WireJson;
import dev.apg.server.account.TokenRefused.Reason;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a client sent for a token; a parameter without a value counts as left out, one that we do not know as well. */
record TokenParameters(Map<String, String> values) {
    private static final String ID = "client_id";
    private static final String SECRET = "client_secret";
    private static final String BASIC = "Basic ";

    /** How a client names and proves itself. */
    record Proof(String clientId, String secret) {}

    /** @throws TokenRefused if the body cannot be read, or has a parameter twice */
    static TokenParameters form(byte[] body) {
        Map<String, String> values = new HashMap<>();
        for (String pair : utf8(body).split("&")) {
            int end = pair.indexOf('=');
            if (end > 0 && end < pair.length() - 1) {
                String name = decoded(pair.substring(0, end));
                if (values.put(name, decoded(pair.substring(end + 1))) != null) {
                    throw new TokenRefused(Reason.INVALID_REQUEST, "A parameter is there twice (expected: each once).");
                }
            }
        }
        return new TokenParameters(values);
    }

    /** @throws TokenRefused if the body is no object, or a parameter no text */
    static TokenParameters json(byte[] body) {
        Map<String, String> values = new HashMap<>();
        try {
            JsonNode root = WireJson.MAPPER.readTree(utf8(body));
            if (root == null || !root.isObject()) {
                throw new TokenRefused(Reason.INVALID_REQUEST, "The body is not a JSON object.");
            }
            for (String name : List.of(
                    "grant_type", ID, SECRET, "scope", "subject_token", "subject_token_type", "requested_token_type")) {
                JsonNode value = root.get(name);
                if (value != null && !value.isString()) {
                    throw new TokenRefused(Reason.INVALID_REQUEST, "%s is not a text.".formatted(name));
                }
                if (value != null && !value.asString().isEmpty()) {
                    values.put(name, value.asString());
                }
            }
        } catch (JacksonException e) {
            throw new TokenRefused(Reason.INVALID_REQUEST, "The body is not valid JSON.");
        }
        return new TokenParameters(values);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * From the header or from the body, never both: one of them would go unnoticed.
     *
     * @throws TokenRefused if there is none, or one that cannot be read
     */
    Proof proof(List<String> authorization) {
        if (authorization.size() > 1) {
            throw new TokenRefused(Reason.INVALID_REQUEST, "Authorization was sent more than once (expected: once).");
        }
        if (authorization.isEmpty()) {
            return value(ID)
                    .flatMap(id -> value(SECRET).map(secret -> new Proof(id, secret)))
                    .orElseThrow(
                            () -> new TokenRefused(
                                    Reason.INVALID_CLIENT,
                                    "client_id or client_secret is missing (expected: both, in the body or by Authorization: Basic)."));
        }
        Proof proof = basic(authorization.getFirst());
        if (value(SECRET).isPresent()
                || value(ID).filter(id -> !id.equals(proof.clientId())).isPresent()) {
            throw new TokenRefused(
                    Reason.INVALID_REQUEST,
                    "The client names itself both by Authorization: Basic and in the body (expected: one of them).");
        }
        return proof;
    }

    private static Proof basic(String header) {
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            try {
                String pair = utf8(Base64.getDecoder()
                        .decode(header.substring(BASIC.length()).strip()));
                int colon = pair.indexOf(':');
                if (colon > 0) {
                    return new Proof(decoded(pair.substring(0, colon)), decoded(pair.substring(colon + 1)));
                }
            } catch (IllegalArgumentException notBase64) {
                // Told below, like every other header that is none.
            }
        }
        throw new TokenRefused(
                Reason.INVALID_CLIENT,
                "Authorization cannot be read (expected: Basic and the Base64 of client_id, a colon and client_secret).");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TokenRefused(Reason.INVALID_REQUEST, "A parameter is not percent-encoded as it should be.");
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new TokenRefused(Reason.INVALID_REQUEST, "The request is not UTF-8.");
        }
    }

    /** With the names, without what they are. */
    @Override
    public String toString() {
        return "parameters " + values.keySet();
    }
}
