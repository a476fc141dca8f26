package dev.apg.contract.audit;

import dev.apg.contract.WireJson;
import dev.apg.contract.canonical.CanonicalJson;
import dev.apg.contract.canonical.Digest;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How entries are chained. The digest of an entry is the SHA-256 of its RFC 8785 canonical JSON, in which an integer beyond
 * 2<sup>53</sup> counts as its digits in quotes; the hash of a link is the SHA-256 of the canonical JSON of its number, the
 * hash before, its time and the digests of its entries in their order. So whoever has an export can make every hash again
 * with a few lines of any language.
 */
public final class AuditChain {
    /** What the first link has as the hash before. */
    public static final Digest START = Digest.ofBytes(new byte[32]);

    private static final BigInteger SAFE = BigInteger.TWO.pow(53);
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
            case NUMBER ->
                value.isIntegralNumber() && value.bigIntegerValue().abs().compareTo(SAFE) > 0
                        ? NODES.stringNode(value.bigIntegerValue().toString())
                        : value;
            default -> value;
        };
    }
}
