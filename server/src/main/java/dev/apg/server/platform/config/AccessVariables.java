package dev.apg.server.platform.config;

import dev.apg.server.platform.config.Variables.Section;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** The environment variables about who may come in, and about what is kept secret. */
final class AccessVariables {
    static final Variable<List<Secret>> ENCRYPTION_KEY = Variable.keys(
            "ENCRYPTION_KEY",
            "Required outside development. Encrypts what the database keeps and the server must read again, such as signing keys. To change it, add the new one behind the old one with a comma between them, then put it first, and take the old one away when `apg key encryption` says that it is unneeded; restart every node each time. In development, without it, one is made when it is first needed, in `encryption.key` in APG_DATA_DIR.");

    static final Variable<AccessTokenSettings.Algorithm> JWT_ALGORITHM = Variable.choice(
                    "JWT_ALGORITHM",
                    AccessTokenSettings.Algorithm.class,
                    "How access tokens are signed. `hs256`, with JWT_SECRET_KEY, is refused outside development: whoever could check a token could make one.")
            .byDefault("es256");

    static final Variable<String> JWT_SECRET_KEY = Variable.key(
                    "JWT_SECRET_KEY", "Signs access tokens with HS256, in development only.")
            .or("JWT_SECRET");

    static final Variable<String> JWT_SIGNING_KEY = Variable.text(
                    "JWT_SIGNING_KEY",
                    "private keys in PEM (PKCS #8), of the kind that JWT_ALGORITHM names",
                    "The keys that sign access tokens, if they are not to be made by the server; all nodes need the same. The first signs, the others are only published: to change it, add the new one behind, then put it first, and take the old one away when its last token has expired.")
            .kept();

    static final Variable<Integer> JWT_ACCESS_TOKEN_EXPIRE_MINUTES = Variable.number(
                    "JWT_ACCESS_TOKEN_EXPIRE_MINUTES",
                    1,
                    (int) AccessTokenSettings.LONGEST.toMinutes(),
                    "How long an access token is valid.")
            .byDefault("30");

    static final Variable<String> PUBLIC_URL = Variable.text(
                    "APG_PUBLIC_URL",
                    "an address that starts with http:// or https://, without a path",
                    "The address under which clients reach the server. Access tokens name it as their issuer and audience. Without it that is `http://localhost`, or `https://localhost`, with the port.")
            .parsedBy(AccessVariables::origin);

    static final Variable<Integer> SESSION_IDLE_MINUTES = Variable.number(
                    "APG_SESSION_IDLE_MINUTES",
                    5,
                    1_440,
                    "After as many minutes without a request a person's session ends.")
            .byDefault("30");

    static final Variable<Integer> SESSION_HOURS = Variable.number(
                    "APG_SESSION_HOURS", 1, 720, "After as many hours it ends, however much it is used.")
            .byDefault("12");

    static final Section SECTION = new Section(
            "Access",
            List.of(
                    ENCRYPTION_KEY,
                    PUBLIC_URL,
                    JWT_ALGORITHM,
                    JWT_SIGNING_KEY,
                    JWT_SECRET_KEY,
                    JWT_ACCESS_TOKEN_EXPIRE_MINUTES,
                    SESSION_IDLE_MINUTES,
                    SESSION_HOURS));

    private AccessVariables() {}

    private static String origin(String value) {
        URI address = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        boolean bare = address.getRawPath().isEmpty()
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.getRawUserInfo() == null;
        if (!http || !bare || address.getHost() == null) {
            throw new IllegalArgumentException("not an origin");
        }
        return address.toString();
    }

    /** Each as good as a single key, and none of them twice. */
    static List<Secret> several(String value, Variable<String> one) {
        List<Secret> keys = Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .map(one.parser())
                .map(Secret::new)
                .toList();
        if (new HashSet<>(keys).size() < keys.size()) {
            throw new IllegalArgumentException("one of them twice");
        }
        return keys;
    }
}
