package dev.apg.server.identity;

import dev.apg.contract.WireJson;
import dev.apg.server.issuer.Discovery;
import dev.apg.server.issuer.IssuerException;
import dev.apg.server.issuer.Issuers;
import dev.apg.server.platform.outbound.Outbound;
import dev.apg.server.platform.outbound.OutboundException;
import dev.apg.server.web.Rejection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** What is asked of identity providers, and whether an answer is the word of the one that was asked. */
@Component
class ProviderCalls {
    private static final Logger log = LoggerFactory.getLogger(ProviderCalls.class);

    private static final int LONGEST_ANSWER = 128 * 1024;

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Issuers issuers;
    private final Outbound outbound;
    private final IdTokens idTokens;

    ProviderCalls(Issuers issuers, Outbound outbound, IdTokens idTokens) {
        this.issuers = issuers;
        this.outbound = outbound;
        this.idTokens = idTokens;
    }

    /**
     * Whether people can come in by an issuer, as far as it says so itself.
     *
     * @throws Rejection 422 {@code identity_provider.unusable}
     */
    void require(String issuer) {
        try {
            Discovery discovery = issuers.discover(issuer);
            if (discovery.authorizationEndpoint().isEmpty()
                    || discovery.tokenEndpoint().isEmpty()) {
                throw unusable(issuer, "its discovery document names no authorization_endpoint or no token_endpoint");
            }
        } catch (IssuerException failed) {
            throw unusable(issuer, failed.getMessage());
        }
    }

    private static Rejection unusable(String issuer, String why) {
        return Rejection.invalid(
                "identity_provider.unusable", "issuer", issuer, "an OpenID Connect provider that can be asked: " + why);
    }

    /** Where a browser is sent to log in. */
    URI authorization(ProviderRow provider, String redirectUri, String state, SignOnTicket staying) {
        Map<String, String> question = new LinkedHashMap<>();
        question.put("response_type", "code");
        question.put("client_id", provider.clientId());
        question.put("redirect_uri", redirectUri);
        question.put("scope", provider.rules().scope());
        question.put("state", state);
        question.put("nonce", nonce(staying));
        question.put("code_challenge", challenge(verifier(staying)));
        question.put("code_challenge_method", "S256");
        String endpoint = endpoint(provider, discover(provider).authorizationEndpoint());
        return URI.create(endpoint + (endpoint.contains("?") ? "&" : "?") + form(question));
    }

    private static String nonce(SignOnTicket staying) {
        return staying.derived("nonce");
    }

    /** RFC 7636. */
    private static String verifier(SignOnTicket staying) {
        return staying.derived("code_verifier");
    }

    private static String challenge(String verifier) {
        return Digests.encoded(Digests.of("SHA-256", verifier));
    }

    /**
     * Whom the provider means by its answer.
     *
     * @throws Rejection 403 {@code sign_on.provider_refused}, {@code sign_on.issuer}, {@code sign_on.token_invalid}; 503
     *     {@code sign_on.unavailable}
     */
    Said identify(
            ProviderRow provider, String secret, String redirectUri, ProviderAnswer answer, SignOnTicket staying) {
        // Before anything that it says is believed: a login at one provider is not completed by another one.
        Discovery discovery = discover(provider);
        boolean named = answer.issuer().isPresent() || discovery.namesItself();
        if (named && !answer.issuer().equals(Optional.of(provider.issuer()))) {
            throw ProviderRefusals.refused(
                    "sign_on.issuer",
                    "The answer is another issuer's (expected: that of %s).".formatted(provider.issuer()));
        }
        if (answer.error().isPresent()) {
            throw ProviderRefusals.providerRefused(answer.error());
        }
        String code = answer.code().orElseThrow(() -> ProviderRefusals.providerRefused(Optional.empty()));
        Map<String, String> question = new LinkedHashMap<>();
        question.put("grant_type", "authorization_code");
        question.put("code", code);
        question.put("redirect_uri", redirectUri);
        question.put("code_verifier", verifier(staying));
        Map<String, Object> tokens = exchange(provider, discovery, secret, question);
        Said said = idTokens.prove(provider, tokens, nonce(staying));
        return said.lacks(provider.rules()) ? asked(provider, discovery, said, tokens) : said;
    }

    private Map<String, Object> exchange(
            ProviderRow provider, Discovery discovery, String secret, Map<String, String> question) {
        boolean basic = discovery.tokenAuthentication().contains("client_secret_basic")
                || !discovery.tokenAuthentication().contains("client_secret_post");
        if (!basic) {
            question.put("client_id", provider.clientId());
            question.put("client_secret", secret);
        }
        var content = new Outbound.Content(
                "application/x-www-form-urlencoded", form(question).getBytes(StandardCharsets.UTF_8));
        Outbound.Request request =
                Outbound.Request.post(endpoint(provider, discovery.tokenEndpoint()), content, LONGEST_ANSWER);
        Outbound.Answer answer = send(
                provider,
                basic ? request.with("Authorization", "Basic " + credentials(provider.clientId(), secret)) : request);
        Map<String, Object> read = read(provider, answer);
        if (answer.status() != 200) {
            Optional<String> error =
                    Optional.ofNullable(read.get("error")).map(String::valueOf).filter(ProviderRefusals::isError);
            log.warn(
                    "An identity provider gave no tokens. provider={} status={} error={}",
                    provider.code(),
                    answer.status(),
                    error.orElse("none"));
            throw ProviderRefusals.providerRefused(error);
        }
        return read;
    }

    /** RFC 6749, section 2.3.1: encoded as in a form, and then again. */
    private static String credentials(String clientId, String secret) {
        return Base64.getEncoder()
                .encodeToString((encoded(clientId) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8));
    }

    private Said asked(ProviderRow provider, Discovery discovery, Said said, Map<String, Object> tokens) {
        if (discovery.userInfoEndpoint().isEmpty() || !(tokens.get("access_token") instanceof String accessToken)) {
            return said;
        }
        Outbound.Answer answer = send(
                provider,
                Outbound.Request.get(discovery.userInfoEndpoint().get(), LONGEST_ANSWER)
                        .with("Authorization", "Bearer " + accessToken));
        Map<String, Object> more = read(provider, answer);
        if (answer.status() != 200) {
            throw ProviderRefusals.unavailable(
                    provider, "the userinfo endpoint answers with status " + answer.status());
        }
        if (!said.subject().equals(more.get("sub"))) {
            throw ProviderRefusals.invalid(
                    "The userinfo endpoint tells of somebody else (expected: the sub of the token).");
        }
        return said.or(more, provider.rules().claims());
    }

    private Outbound.Answer send(ProviderRow provider, Outbound.Request request) {
        try {
            return outbound.send(request);
        } catch (OutboundException failed) {
            throw ProviderRefusals.unavailable(provider, failed.getMessage());
        }
    }

    private static Map<String, Object> read(ProviderRow provider, Outbound.Answer answer) {
        try {
            Optional<Map<String, Object>> read = Optional.ofNullable(WireJson.MAPPER.readValue(answer.bytes(), OBJECT));
            if (read.isPresent()) {
                return read.get();
            }
        } catch (JacksonException notJson) {
            // Told below, like nothing at all.
        }
        throw ProviderRefusals.unavailable(provider, "its answer of status " + answer.status() + " is no JSON object");
    }

    private Discovery discover(ProviderRow provider) {
        try {
            return issuers.discover(provider.issuer());
        } catch (IssuerException failed) {
            throw ProviderRefusals.unavailable(provider, failed.getMessage());
        }
    }

    private static String endpoint(ProviderRow provider, Optional<String> endpoint) {
        return endpoint.orElseThrow(
                () -> ProviderRefusals.unavailable(provider, "its discovery document names an endpoint less"));
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has this", e);
        }
    }
}
