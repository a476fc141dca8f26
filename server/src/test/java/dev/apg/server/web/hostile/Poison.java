package dev.apg.server.web.hostile;

import dev.apg.contract.WireJson;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Spoils documents: what they say, and how it is written. */
final class Poison {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** That a client would like to set, and that only the server does. */
    private static final List<String> NOT_THEIRS = List.of(
            "id",
            "tenant",
            "tenant_id",
            "role",
            "permissions",
            "scopes_all",
            "created_at",
            "created_by",
            "updated_at",
            "seq",
            "digest",
            "edition",
            "actor",
            "is_admin",
            "password_hash",
            "__proto__",
            "constructor",
            "class",
            "$ref",
            "@type",
            "");

    private static final List<String> WORDS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\uFFFE",
            "\uFDD0",
            "\ud83d",
            "\u202e\u2066",
            "\u200b",
            "\r\nX-Injected: 1",
            "../../etc/passwd",
            "%2e%2e%2f",
            "'; DROP TABLE tenant; --",
            "${jndi:ldap://127.0.0.1:1/x}",
            "#{T(Runtime)}",
            "<script>alert(1)</script>",
            "=cmd|' /C calc'!A1",
            ">=1.0.0 <0.0.1",
            "^999999999999999999999.0.0",
            "1.0.0-" + "a.".repeat(200) + "b",
            "||||||||||",
            "*",
            "9".repeat(400),
            "a".repeat(300),
            "-".repeat(5_000),
            "2026-02-30T25:61:61Z",
            "+999999999-01-01T00:00:00Z",
            "NaN",
            "null",
            "https://user:pass@[::1]:99999/\\",
            "é".repeat(60),
            "\ud83d\ude00".repeat(50));

    private final RandomGenerator random;

    Poison(RandomGenerator random) {
        this.random = random;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String word() {
        return one(WORDS);
    }

    private JsonNode value() {
        return switch (random.nextInt(14)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(one(List.of(0L, -1L, 1L << 31, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE)));
            case 3 -> JSON.numberNode(new BigInteger("9".repeat(1 + random.nextInt(60))));
            case 4 -> JSON.numberNode(one(List.of(0.5, -0.0, 1e300, 1e-300)));
            case 5 -> JSON.arrayNode();
            case 6 -> JSON.objectNode();
            case 7 -> nested(random.nextInt(90));
            case 8 -> many();
            case 9 -> JSON.objectNode().put(word(), 1).put(one(NOT_THEIRS), word());
            default -> JSON.stringNode(word());
        };
    }

    private static JsonNode nested(int depth) {
        JsonNode node = JSON.numberNode(1);
        for (int i = 0; i < depth; i++) {
            node = i % 2 == 0 ? JSON.arrayNode().add(node) : JSON.objectNode().set("a", node);
        }
        return node;
    }

    private JsonNode many() {
        ArrayNode array = JSON.arrayNode();
        JsonNode item = random.nextBoolean() ? JSON.objectNode() : JSON.stringNode(word());
        int size = random.nextInt(1_200);
        for (int i = 0; i < size; i++) {
            array.add(item);
        }
        return array;
    }

    /** A document with one value replaced, left out, added or repeated, anywhere in it. */
    JsonNode spoilt(JsonNode document) {
        JsonNode copy = document.deepCopy();
        List<JsonNode> containers = new ArrayList<>();
        collect(copy, containers);
        if (containers.isEmpty() || random.nextInt(12) == 0) {
            return value();
        }
        switch (one(containers)) {
            case ObjectNode object -> spoil(object);
            case ArrayNode array -> spoil(array);
            default -> throw new AssertionError("neither an object nor a list");
        }
        return copy;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.values().forEach(child -> collect(child, containers));
        }
    }

    private void spoil(ObjectNode object) {
        List<String> names = List.copyOf(object.propertyNames());
        int how = names.isEmpty() ? 0 : random.nextInt(10);
        switch (how) {
            case 0, 1 -> object.set(one(NOT_THEIRS), value());
            case 2 -> object.set(word(), value());
            case 3 -> object.remove(one(names));
            case 4 -> {
                String name = one(names);
                object.set(name.toUpperCase(java.util.Locale.ROOT), object.remove(name));
            }
            default -> object.set(one(names), value());
        }
    }

    private void spoil(ArrayNode array) {
        switch (array.isEmpty() ? 0 : random.nextInt(4)) {
            case 0 -> array.add(value());
            case 1 -> array.remove(random.nextInt(array.size()));
            case 2 -> {
                JsonNode item = array.get(random.nextInt(array.size()));
                int times = random.nextInt(1_000);
                for (int i = 0; i < times; i++) {
                    array.add(item);
                }
            }
            default -> array.set(random.nextInt(array.size()), value());
        }
    }

    /** The bytes of a document, written as nobody should. */
    byte[] garbled(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        List<UnaryOperator<byte[]>> ways = List.of(
                bytes -> cut(bytes),
                bytes -> inserted(bytes, new byte[] {(byte) 0xff}),
                bytes -> inserted(bytes, new byte[] {(byte) 0xc0, (byte) 0x80}),
                bytes -> inserted(bytes, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}),
                bytes -> inserted(bytes, new byte[] {0}),
                bytes -> inserted(
                        bytes, utf8(one(List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\t", "&a ", "*a ")))),
                bytes -> flipped(bytes),
                bytes -> utf8(text.replaceFirst("\\{", "{\"a\":1,\"a\":2,")),
                bytes -> utf8(text.replaceFirst("\\{", "{\"\\\\ud800\":1,")),
                bytes -> utf8(text.replaceFirst("\"([^\"]*)\":", "\"$1\":1,\"$1\":")),
                bytes -> utf8(text.replace('"', '\'')),
                bytes -> utf8(text + text),
                bytes -> utf8(text + " //"),
                bytes -> utf8("[".repeat(1 + random.nextInt(3_000))),
                bytes -> utf8("{\"a\":".repeat(1 + random.nextInt(200)) + text),
                bytes -> utf8("{\"" + "k".repeat(1_500) + "\":" + text + "}"),
                bytes -> utf8(text.replaceFirst(
                        ":", ":" + "9".repeat(1 + random.nextInt(300)) + "e" + random.nextInt(1_000) + ",\"z\":")),
                bytes -> text.getBytes(StandardCharsets.UTF_16),
                bytes -> utf8("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b,*nobody]\n" + text),
                bytes -> utf8("!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1:1/\"]]"),
                bytes -> utf8("<<: *a\n? [x]\n: y\n--- \n" + text),
                bytes -> utf8("a=1&a=2&" + text + "&%zz=%"),
                bytes -> new byte[0]);
        return one(ways).apply(document);
    }

    private byte[] cut(byte[] bytes) {
        return bytes.length == 0 ? bytes : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private byte[] flipped(byte[] bytes) {
        byte[] other = bytes.clone();
        for (int i = 0; i < 3 && other.length > 0; i++) {
            other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return other;
    }

    private byte[] inserted(byte[] bytes, byte[] what) {
        int at = random.nextInt(bytes.length + 1);
        var all = new ByteArrayOutputStream();
        all.write(bytes, 0, at);
        all.writeBytes(what);
        all.write(bytes, at, bytes.length - at);
        return all.toByteArray();
    }

    static byte[] json(JsonNode document) {
        return WireJson.MAPPER.writeValueAsBytes(document);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
