package dev.apg.server.web.hostile;

import dev.apg.contract.WireJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Makes requests to one operation that differ from a valid one, which the OpenAPI document shows, in one to three ways. */
final class Forger {
    private static final List<String> SEGMENTS = List.of(
            "%00",
            "a%00b",
            "%ff",
            "%c0%ae%c0%ae",
            "%ed%a0%80",
            "..%2f..%2fme",
            "..%252f",
            "%2e%2e",
            "..",
            ".",
            "%2f",
            "a%2f%2fb",
            "a//b",
            "a;b=c",
            "a%3Bb",
            "a\\b",
            "%5c",
            "%0d%0aX-Injected:%201",
            "%E2%80%AE",
            "%F0%9F%92%A5",
            "%20",
            "-1",
            "0",
            "9".repeat(40),
            "1.0.0%2Bx%20",
            "a".repeat(120),
            "a".repeat(3_000),
            "'%20OR%201=1--",
            "%7B%7D",
            "%",
            "%zz",
            "%u0041",
            "00000000-0000-0000-0000-000000000000",
            "1-1-1-1-1",
            "..;",
            "*",
            "~",
            "@",
            "(((((((((((((((((((",
            "nothing-like-it",
            "%EF%BF%BE");

    private static final List<String> TYPES = List.of(
            "text/plain",
            "text/xml",
            "application/xml",
            "multipart/form-data; boundary=x",
            "application/octet-stream",
            "application/x-www-form-urlencoded",
            "application/yaml",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/json;;;",
            "*/*",
            "nonsense",
            "",
            "application/cbor",
            "application/json, text/plain",
            "application/merge-patch+json",
            "application/jsonl",
            "a".repeat(2_000));

    private static final List<String> HEADER_VALUES = List.of(
            "",
            " ",
            "x",
            "\"",
            "\"7",
            "W/",
            "\"7\",",
            "1.",
            ".1",
            "-1.5",
            "1.2.3",
            "99999999999999999999.1",
            "0.0",
            "k".repeat(300),
            "k".repeat(3_000),
            "a b",
            "\t",
            "\u00ff\u00fe",
            "a\u0001b",
            "a\u007fb",
            "null",
            "*, *",
            "=?utf-8?q?x?=",
            "%0d%0aX-Injected: 1");

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "QUERY",
            "PROPFIND",
            "get",
            "G{T",
            "A".repeat(60));

    private final ContractOperation operation;
    private final String path;
    private final List<String> callers;
    private final RandomGenerator random;
    private final Poison poison;
    private final List<String> types;
    private final UnaryOperator<String> credentials;

    /**
     * A forger of requests to an operation.
     *
     * @param path of something that is there
     * @param callers values of {@code Authorization}; the first is of one who may do it
     * @param credentials puts those in that no example can know
     */
    Forger(
            ContractOperation operation,
            String path,
            List<String> callers,
            UnaryOperator<String> credentials,
            RandomGenerator random) {
        this.operation = operation;
        this.path = path;
        this.callers = callers;
        this.random = random;
        this.credentials = credentials;
        this.poison = new Poison(random);
        this.types =
                List.copyOf(operation.definition().at("/requestBody/content").propertyNames());
    }

    Forgery next() {
        var forgery = new Forgery(operation.method(), path);
        // Most of them from whoever may do it: the others are refused at the door.
        boolean stranger = random.nextInt(8) == 0;
        if (stranger || !operation.isOpen()) {
            forgery.header("Authorization", stranger ? poison.one(callers) : callers.getFirst());
        }
        if (operation.hasHeader("If-Match")) {
            forgery.header("If-Match", "*");
        }
        if (!types.isEmpty()) {
            fill(forgery);
        }
        int wounds = 1 + random.nextInt(3);
        for (int i = 0; i < wounds; i++) {
            wound(forgery);
        }
        if (random.nextInt(16) == 0) {
            framing(forgery);
        }
        return forgery;
    }

    private void fill(Forgery forgery) {
        String type = poison.one(types);
        JsonNode example = WireJson.MAPPER.readTree(credentials.apply(operation
                .definition()
                .at("/requestBody/content")
                .path(type)
                .path("example")
                .toString()));
        forgery.header("Content-Type", type);
        forgery.body(
                type.equals("application/x-www-form-urlencoded") && example.isObject()
                        ? form(random.nextBoolean() ? example : poison.spoilt(example))
                        : Poison.json(example));
        if (random.nextInt(4) != 0 && !type.equals("application/x-www-form-urlencoded")) {
            forgery.body(Poison.json(poison.spoilt(example)));
            forgery.wounded("a value of the body");
        }
    }

    private static byte[] form(JsonNode fields) {
        return fields.properties().stream()
                .map(field ->
                        encoded(field.getKey()) + "=" + encoded(field.getValue().asString("")))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private void wound(Forgery forgery) {
        switch (random.nextInt(types.isEmpty() ? 11 : 16)) {
            case 0, 1 -> path(forgery);
            case 2, 3, 4, 5 -> query(forgery);
            case 6, 7 -> header(forgery);
            case 8 -> strangeHeader(forgery);
            case 9 -> {
                forgery.method(poison.one(METHODS));
                forgery.wounded("another method");
            }
            case 10 -> uselessBody(forgery);
            case 11 -> {
                forgery.without("Content-Type");
                forgery.header("Content-Type", poison.one(TYPES));
                forgery.wounded("another type");
            }
            default -> {
                forgery.body(poison.garbled(forgery.body()));
                forgery.wounded("a body written badly");
            }
        }
    }

    private void path(Forgery forgery) {
        List<String> segments =
                new java.util.ArrayList<>(List.of(forgery.path().substring(1).split("/", -1)));
        String segment = poison.one(SEGMENTS);
        int at = random.nextInt(segments.size());
        if (random.nextInt(3) == 0) {
            segments.add(at, segment);
        } else {
            segments.set(at, segment);
        }
        forgery.path("/" + String.join("/", segments));
        forgery.wounded("segment " + at);
    }

    private void query(Forgery forgery) {
        List<String> known = operation.parameters("query").stream()
                .map(parameter -> parameter.get("name").asString())
                .toList();
        String name = known.isEmpty() || random.nextInt(3) == 0 ? encoded(poison.word()) : poison.one(known);
        String value = random.nextInt(3) == 0 ? poison.one(SEGMENTS) : encoded(poison.word());
        forgery.query(name + "=" + value);
        if (random.nextInt(3) == 0) {
            forgery.query(name + "=" + value + "1");
        }
        forgery.wounded("query " + name);
    }

    private void header(Forgery forgery) {
        List<String> known = operation.parameters("header").stream()
                .map(parameter -> parameter.get("name").asString())
                .toList();
        String name = known.isEmpty() || random.nextInt(4) == 0 ? "Authorization" : poison.one(known);
        if (random.nextBoolean()) {
            forgery.without(name);
        }
        forgery.header(name, poison.one(HEADER_VALUES));
        forgery.wounded("header " + name);
    }

    private void strangeHeader(Forgery forgery) {
        String name = poison.one(List.of(
                "Accept",
                "Content-Encoding",
                "Expect",
                "Host",
                "Cookie",
                "Origin",
                "X-Forwarded-For",
                "Forwarded",
                "X-HTTP-Method-Override",
                "Range",
                "X-Request-Id",
                "Accept-Encoding",
                "Upgrade",
                "Bad Name",
                "X-\u0001",
                ""));
        forgery.header(name, poison.one(HEADER_VALUES));
        if (name.equals("Upgrade") || name.equals("Host") || name.equals("Expect")) {
            forgery.endsConnection();
        }
        forgery.wounded("header " + name);
    }

    private void framing(Forgery forgery) {
        forgery.endsConnection();
        switch (random.nextInt(6)) {
            case 0 -> forgery.header("Content-Length", "-1");
            case 1 -> forgery.header("Content-Length", "1e3");
            case 2 -> {
                forgery.header("Content-Length", "0");
                forgery.header("Content-Length", "5");
            }
            case 3 -> {
                forgery.header("Transfer-Encoding", "chunked");
                forgery.body("ZZ\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            }
            case 4 -> {
                forgery.header("Content-Length", Integer.toString(forgery.body().length));
                forgery.header("Transfer-Encoding", "chunked");
                forgery.body("3\r\n{}\n\r\n\u0000\r\n".getBytes(StandardCharsets.UTF_8));
            }
            default -> forgery.header(" Folded", "a\r\n b");
        }
        forgery.wounded("framing");
    }

    private void uselessBody(Forgery forgery) {
        if (types.isEmpty()) {
            forgery.header("Content-Type", poison.one(TYPES));
            forgery.body(poison.garbled("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)));
            forgery.wounded("a body");
        } else {
            forgery.body(new byte[0]);
            forgery.wounded("no body");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
