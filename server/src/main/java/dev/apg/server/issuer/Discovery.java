package dev.apg.server.issuer;

import dev.apg.contract.WireJson;
import dev.apg.server.platform.outbound.Outbound;
import dev.apg.server.platform.outbound.OutboundException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an issuer says of itself (OpenID Connect Discovery 1.0); its addresses are ones that may be called.
 *
 * @param authorizationEndpoint where people are sent to log in
 * @param tokenEndpoint where codes become tokens
 * @param userInfoEndpoint where more is told of who logged in
 * @param endSessionEndpoint where people are sent to log out
 * @param namesItself whether it says in its answers to browsers who it is (RFC 9207)
 * @param tokenAuthentication how a client proves itself there; the standard's default if nothing is said
 */
public record Discovery(
        String issuer,
        String keys,
        Optional<String> authorizationEndpoint,
        Optional<String> tokenEndpoint,
        Optional<String> userInfoEndpoint,
        Optional<String> endSessionEndpoint,
        boolean namesItself,
        Set<String> tokenAuthentication) {
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final int LONGEST = 64 * 1024;

    /** @throws IssuerException if it cannot be read, is another issuer's, or names what may not be called */
    static Discovery read(Outbound outbound, String issuer) throws IssuerException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode document = json(outbound, issuer, base + WELL_KNOWN, LONGEST);
        if (!issuer.equals(document.path("issuer").asString(""))) {
            throw IssuerException.issuer(
                    "%s answers %s with the document of another issuer (expected: issuer is what was configured, to the letter)."
                            .formatted(issuer, WELL_KNOWN));
        }
        return new Discovery(
                issuer,
                endpoint(outbound, issuer, document, "jwks_uri")
                        .orElseThrow(() -> IssuerException.issuer(
                                "%s names no key set (expected: jwks_uri in %s).".formatted(issuer, WELL_KNOWN))),
                endpoint(outbound, issuer, document, "authorization_endpoint"),
                endpoint(outbound, issuer, document, "token_endpoint"),
                endpoint(outbound, issuer, document, "userinfo_endpoint"),
                endpoint(outbound, issuer, document, "end_session_endpoint"),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false),
                methods(document));
    }

    private static Optional<String> endpoint(Outbound outbound, String issuer, JsonNode document, String name)
            throws IssuerException {
        JsonNode value = document.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        try {
            outbound.require(value.asString(""));
        } catch (OutboundException refused) {
            throw IssuerException.issuer("The %s of %s: %s".formatted(name, issuer, refused.getMessage()));
        }
        return Optional.of(value.asString());
    }

    private static Set<String> methods(JsonNode document) {
        JsonNode methods = document.path("token_endpoint_auth_methods_supported");
        return methods.isArray()
                ? methods.valueStream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of("client_secret_basic");
    }

    /** An object that an issuer answers with. */
    static JsonNode json(Outbound outbound, String issuer, String address, int longest) throws IssuerException {
        Outbound.Answer answer;
        try {
            answer = outbound.send(Outbound.Request.get(address, longest));
        } catch (OutboundException failed) {
            throw IssuerException.issuer("The issuer %s cannot be asked: %s".formatted(issuer, failed.getMessage()));
        }
        String what = List.of(URI.create(address).getRawPath().split("/")).getLast();
        if (answer.status() != 200) {
            throw IssuerException.issuer("The issuer %s answers with status %d when it is asked for %s (expected: 200)."
                    .formatted(issuer, answer.status(), what));
        }
        try {
            JsonNode document = WireJson.MAPPER.readTree(answer.bytes());
            if (document.isObject()) {
                return document;
            }
        } catch (JacksonException notJson) {
            // Told below, like another kind of JSON.
        }
        throw IssuerException.issuer(
                "What the issuer %s answers when it is asked for %s is no JSON object.".formatted(issuer, what));
    }
}
