package dev.apg.server.identity;

import com.nimbusds.jwt.SignedJWT;
import dev.apg.contract.WireJson;
import dev.apg.server.issuer.Discovery;
import dev.apg.server.issuer.IdentityToken;
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
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** What is asked of identity providers, and whether an answer is the word of the one that was asked. */
@Component
class ProviderCalls {
    private static final Logger log = LoggerFactory.getLogger(ProviderCalls.class);

    private static final int LONGEST_ANSWER = 128 * 1024;

    /** OpenID Connect Core 1.0, section 2. */
    private static final int LONGEST_SUBJECT = 255;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** What the standards call errors; nothing else that a provider answers is shown. */
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,50}");

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Issuers issuers;
    private final Outbound outbound;

    ProviderCalls(Issuers issuers, Outbound outbound) {
        this.issuers = issuers;
        this.outbound = outbound;
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
        return encoded(digest("SHA-256", verifier));
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
            throw refused(
                    "sign_on.issuer",
                    "The answer is another issuer's (expected: that of %s).".formatted(provider.issuer()));
        }
        if (answer.error().isPresent()) {
            throw providerRefused(answer.error());
        }
        String code = answer.code().orElseThrow(() -> providerRefused(Optional.empty()));
        Map<String, String> question = new LinkedHashMap<>();
        question.put("grant_type", "authorization_code");
        question.put("code", code);
        question.put("redirect_uri", redirectUri);
        question.put("code_verifier", verifier(staying));
        Map<String, Object> tokens = exchange(provider, discovery, secret, question);
        Said said = proven(provider, tokens, nonce(staying));
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
                    Optional.ofNullable(read.get("error")).map(String::valueOf).filter(ERROR.asMatchPredicate());
            log.warn(
                    "An identity provider gave no tokens. provider={} status={} error={}",
                    provider.code(),
                    answer.status(),
                    error.orElse("none"));
            throw providerRefused(error);
        }
        return read;
    }

    /** RFC 6749, section 2.3.1: encoded as in a form, and then again. */
    private static String credentials(String clientId, String secret) {
        return Base64.getEncoder()
                .encodeToString((encoded(clientId) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8));
    }

    private Said proven(ProviderRow provider, Map<String, Object> tokens, String nonce) {
        String text = String.valueOf(tokens.get("id_token"));
        try {
            IdentityToken token = issuers.verify(provider.issuer(), provider.clientId(), text);
            if (!token.text("nonce").equals(Optional.of(nonce))) {
                throw invalid("The token was not made for this login (expected: the nonce that was sent).");
            }
            Optional<String> authorized = token.text("azp");
            boolean forOthersToo = token.texts("aud").size() > 1;
            if ((authorized.isPresent() || forOthersToo) && !authorized.equals(Optional.of(provider.clientId()))) {
                throw invalid(
                        "The token was made for another client (expected: azp %s).".formatted(provider.clientId()));
            }
            if (token.claims().containsKey("at_hash")
                    && !token.text("at_hash")
                            .equals(Optional.of(hash(text, String.valueOf(tokens.get("access_token")))))) {
                throw invalid("The token came with another access token (expected: that of at_hash).");
            }
            if (token.subject().length() > LONGEST_SUBJECT) {
                throw invalid("The token calls the person by %d characters (expected: a sub of at most %d)."
                        .formatted(token.subject().length(), LONGEST_SUBJECT));
            }
            return new Said(token.subject(), token.claims());
        } catch (IssuerException failed) {
            throw switch (failed.reason()) {
                case ISSUER -> unavailable(provider, failed.getMessage());
                case TOKEN -> invalid(failed.getMessage());
            };
        }
    }

    /** OpenID Connect Core 1.0, section 3.1.3.6: the left half of a digest as long as the signature's. */
    private static String hash(String token, String accessToken) {
        try {
            String algorithm = SignedJWT.parse(token).getHeader().getAlgorithm().getName();
            byte[] digest = digest("SHA-" + algorithm.substring(2), accessToken);
            return encoded(Arrays.copyOf(digest, digest.length / 2));
        } catch (ParseException verifiedBefore) {
            throw new IllegalStateException(verifiedBefore);
        }
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
            throw unavailable(provider, "the userinfo endpoint answers with status " + answer.status());
        }
        if (!said.subject().equals(more.get("sub"))) {
            throw invalid("The userinfo endpoint tells of somebody else (expected: the sub of the token).");
        }
        return said.or(more, provider.rules().claims());
    }

    private Outbound.Answer send(ProviderRow provider, Outbound.Request request) {
        try {
            return outbound.send(request);
        } catch (OutboundException failed) {
            throw unavailable(provider, failed.getMessage());
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
        throw unavailable(provider, "its answer of status " + answer.status() + " is no JSON object");
    }

    private Discovery discover(ProviderRow provider) {
        try {
            return issuers.discover(provider.issuer());
        } catch (IssuerException failed) {
            throw unavailable(provider, failed.getMessage());
        }
    }

    private static String endpoint(ProviderRow provider, Optional<String> endpoint) {
        return endpoint.orElseThrow(() -> unavailable(provider, "its discovery document names an endpoint less"));
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

    /** What is wrong there, strangers are not told. */
    private static Rejection unavailable(ProviderRow provider, String why) {
        log.warn("An identity provider could not be asked. provider={} why={}", provider.code(), why);
        return Rejection.unavailable(
                "sign_on.unavailable",
                "The identity provider does not answer as it should (expected: to begin again later; the server's log tells why).",
                RETRY_AFTER);
    }

    private static Rejection providerRefused(Optional<String> error) {
        return refused(
                "sign_on.provider_refused",
                "The identity provider refused: %s."
                        .formatted(error.filter(ERROR.asMatchPredicate()).orElse("it does not say why")));
    }

    private static Rejection invalid(String why) {
        return refused("sign_on.token_invalid", "What the identity provider says cannot be believed. " + why);
    }

    private static Rejection refused(String code, String detail) {
        return Rejection.of(HttpStatus.FORBIDDEN, code, detail, List.of());
    }
}
