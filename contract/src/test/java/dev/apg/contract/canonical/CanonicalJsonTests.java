package dev.apg.contract.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class CanonicalJsonTests {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void the_example_of_the_rfc_has_the_bytes_of_the_rfc() {
        byte[] canonical = CanonicalJson.bytesOf("""
                {
                  "numbers": [333333333.33333329, 1E30, 4.50,
                              2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """);
        // Section 3.2.4 of RFC 8785.
        assertThat(HexFormat.ofDelimiter(" ").formatHex(canonical)).isEqualTo("""
                7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 \
                75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a \
                5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 \
                65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37 \
                5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 \
                30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d""");
    }

    @Test
    void members_are_sorted_by_utf_16_code_units_as_in_the_rfc() {
        assertThat(canonical("""
                {
                  "\\u20ac": "Euro Sign",
                  "\\r": "Carriage Return",
                  "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                  "1": "One",
                  "\\ud83d\\ude00": "Emoji: Grinning Face",
                  "\\u0080": "Control",
                  "\\u00f6": "Latin Small Letter O With Diaeresis"
                }
                """)).isEqualTo("""
                {"\\r":"Carriage Return","1":"One","\u0080":"Control",\
                "ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign",\
                "😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}""");
    }

    @Test
    void members_are_sorted_at_every_level_and_elements_keep_their_order() {
        assertThat(canonical(" { \"b\" : [ 3 , 1 , { \"z\" : [] , \"y\" : {} } ] , \"a\" : \"\" } "))
                .isEqualTo("{\"a\":\"\",\"b\":[3,1,{\"y\":{},\"z\":[]}]}");
    }

    @Test
    void a_canonical_document_is_its_own_canonical_form() {
        String once = canonical("{\"b\":[1e21,1E-7,295147905179352830000,-0.0],\"a\":\"\\u2028\\u007f/\"}");
        assertThat(once)
                .isEqualTo("{\"a\":\"\u2028\u007f/\",\"b\":[1e+21,1e-7,295147905179352830000,0]}")
                .isEqualTo(canonical(once));
    }

    /** Appendix B of RFC 8785, and the limits of the notations. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2",
        "0000000000000002, 1e-323",
        "0000000000000003, 1.5e-323",
        "3ff0000000000000, 1",
        "3ff8000000000000, 1.5",
        "4024000000000000, 10",
        "4059000000000000, 100"
    })
    void numbers_print_as_in_ecmascript(String bits, String text) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(CanonicalJson.text(NODES.numberNode(number))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbers_that_are_not_finite_are_refused(double number) {
        ObjectNode document = NODES.objectNode();
        document.putArray("a/b").add(1).add(number);
        assertThatThrownBy(() -> CanonicalJson.bytes(document))
                .isInstanceOf(CanonicalFormException.class)
                .hasMessageStartingWith("/a~1b/1: ")
                .hasMessageEndingWith("(expected: a finite number of double precision)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "9007199254740993", "-9007199254740993", "18446744073709551615"})
    void numbers_that_double_precision_does_not_hold_are_refused(String number) {
        assertThatThrownBy(() -> CanonicalJson.bytesOf("{\"n\":" + number + "}"))
                .isInstanceOf(CanonicalFormException.class)
                .hasMessageStartingWith("/n: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"a\\udc00b\"", "\"\\udc00\\ud800\"", "{\"\\ud83d\":1}", "[\"\\ud83dx\"]"})
    void half_of_a_surrogate_pair_is_refused(String json) {
        assertThatThrownBy(() -> CanonicalJson.bytesOf(json)).isInstanceOf(CanonicalFormException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"x\":{\"a\":1,\"\\u0061\":2}}",
                "{} {}",
                "",
                "{\"a\":}",
                "[1,]",
                "NaN",
                "{'a':1}",
                "[01]",
                "\"\n\""
            })
    void text_that_is_not_one_json_document_with_distinct_members_is_refused(String json) {
        assertThatThrownBy(() -> CanonicalJson.bytesOf(json))
                .isInstanceOf(CanonicalFormException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void nodes_that_are_no_json_are_refused() {
        ObjectNode document = NODES.objectNode();
        document.putPOJO("p", new Object());
        assertThatThrownBy(() -> CanonicalJson.bytes(document)).hasMessage("/p: pojo (expected: a JSON value)");
    }

    @Test
    void nesting_is_bounded() {
        int depth = CanonicalJson.MAX_DEPTH;
        var nested = NODES.arrayNode();
        for (int i = 0; i < depth; i++) {
            nested = NODES.arrayNode().add(nested);
        }
        assertThat(CanonicalJson.text(nested)).hasSize(2 * (depth + 1));
        var tooDeep = NODES.arrayNode().add(nested);
        assertThatThrownBy(() -> CanonicalJson.bytes(tooDeep)).hasMessageContaining("at most 500 levels");
    }

    private static String canonical(String json) {
        return new String(CanonicalJson.bytesOf(json), StandardCharsets.UTF_8);
    }
}
