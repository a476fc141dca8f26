package dev.apg.contract.audit;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.CanonicalJson;
import dev.apg.contract.canonical.Digest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How entries are chained. The digest of an entry is the SHA-256 of its RFC 8785 canonical JSON, in which a number that
 * double precision does not hold exactly counts as an object with its digits under the name NUL, which no other object has;
 * the hash of a link is the SHA-256 of the canonical JSON of its number, the
 * hash before, its time and the digests of its entries in their order. So whoever has an export can make every hash again
 * with a few lines of any language.
 */
public final class AuditChain {
    /** What the first link has as the hash before. */
    public static final Digest START = Digest.ofBytes(new byte[32]);

    /** Reads entries without losing a digit; PostgreSQL writes a number in full, so a few characters may have become many. */
    public static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** PostgreSQL keeps no text with this character. */
    private static final String DIGITS = "\u0000";

    private static final BigDecimal MOST = BigDecimal.TWO.pow(53);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AuditChain() {}

    private record Link(long number, String previous, Instant sealedAt, List<String> entries) {}

    public static Digest digest(AuditEntry entry) {
        return digestOf(WireJson.MAPPER.valueToTree(entry));
    }

    /** Of an entry as it was exported, which may have fields that are not known here. */
    public static Digest digest(JsonNode entry) {
        return digestOf(entry);
    }

    /**
     * The hash of a link.
     *
     * @param sealedAt in whole microseconds, as PostgreSQL keeps it
     * @param entries digests of its entries, in their order
     */
    public static Digest hash(long number, Digest previous, Instant sealedAt, List<Digest> entries) {
        var link = new Link(
                number,
                previous.toString(),
                sealedAt,
                entries.stream().map(Digest::toString).toList());
        return digestOf(WireJson.MAPPER.valueToTree(link));
    }

    private static Digest digestOf(JsonNode document) {
        return Digest.of(CanonicalJson.bytes(exact(document)));
    }

    /** What somebody once sent must not make a log that cannot be sealed: canonical JSON has no large integers. */
    private static JsonNode exact(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                ObjectNode object = NODES.objectNode();
                value.properties().forEach(member -> object.set(member.getKey(), exact(member.getValue())));
                yield object;
            }
            case ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                value.forEach(item -> array.add(exact(item)));
                yield array;
            }
            case NUMBER -> isHeld(value.decimalValue()) ? value : digits(value.decimalValue());
            default -> value;
        };
    }

    private static boolean isHeld(BigDecimal number) {
        double nearest = number.doubleValue();
        return Double.isFinite(nearest)
                && number.abs().compareTo(MOST) <= 0
                && BigDecimal.valueOf(nearest).compareTo(number) == 0;
    }

    private static JsonNode digits(BigDecimal number) {
        return NODES.objectNode().put(DIGITS, number.stripTrailingZeros().toPlainString());
    }
}
