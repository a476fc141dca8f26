package dev.apg.server.capability.document;

import dev.apg.contract.WireJson;
import dev.apg.contract.capability.ContractDocument;
import dev.apg.contract.capability.ContractType;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Whether contracts are what their type says. OpenAPI and AsyncAPI are read as documents with the right root, JSON
 * Schema and Avro as schemas, Protobuf by its outline. What a check leaves out is said with {@code not_checked}.
 */
@Component
class ContractChecks {
    private static final int MAX_BYTES = 1024 * 1024;

    private final ConfigurationSchemaChecks schemas;

    ContractChecks(ConfigurationSchemaChecks schemas) {
        this.schemas = schemas;
    }

    /** Checks contracts as they were written, so that a mapping need not be made text and read again. */
    void check(List<ContractDocument> contracts, Findings findings) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < contracts.size(); i++) {
            ContractDocument contract = contracts.get(i);
            String field = "contracts[" + i + "]";
            @Nullable String name = contract.name();
            if (name != null && !names.add(name)) {
                findings.error(field + ".name", name, "a name that stands here once", "duplicate");
            }
            @Nullable ContractType type = contract.type();
            @Nullable Object document = contract.document();
            if (type != null && document != null) {
                check(type, document, field + ".document", findings);
            }
        }
    }

    private void check(ContractType type, Object document, String field, Findings findings) {
        if (document instanceof String text && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            findings.error(field, text.length() + " characters", "at most 1 MiB", "too_large");
            return;
        }
        switch (type) {
            case OPENAPI -> root(document, field, "openapi", "3", findings);
            case ASYNCAPI -> root(document, field, "asyncapi", "2 or 3", findings);
            case JSON_SCHEMA -> jsonSchema(document, field, findings);
            case AVRO -> avro(document, field, findings);
            case PROTOBUF -> protobuf(document, field, findings);
        }
    }

    /** A document whose root names its format's version, with a title and a version of its own. */
    private static void root(Object document, String field, String format, String versions, Findings findings) {
        @Nullable Object root = read(document, field, findings);
        if (root == null) {
            return;
        }
        if (!(root instanceof Map<?, ?> fields)) {
            findings.error(field, null, "a mapping at the root", "contract.malformed");
            return;
        }
        @Nullable Object version = fields.get(format);
        if (!(version instanceof String number) || !versions.contains(number.split("\\.", 2)[0]) || number.isEmpty()) {
            findings.error(
                    field + "." + format,
                    version,
                    "the version of the format, %s.x, as text".formatted(versions),
                    "contract.malformed");
        }
        if (!(fields.get("info") instanceof Map<?, ?> info)) {
            findings.error(field + ".info", null, "a mapping with title and version", "contract.malformed");
            return;
        }
        for (String part : List.of("title", "version")) {
            if (!(info.get(part) instanceof String)) {
                findings.error(field + ".info." + part, info.get(part), "text", "contract.malformed");
            }
        }
        findings.warning(
                field, "only the root of the document was checked, not its paths and schemas", "contract.not_checked");
    }

    private void jsonSchema(Object document, String field, Findings findings) {
        @Nullable Object schema = read(document, field, findings);
        switch (schema) {
            case null -> {}
            case Boolean _ -> {}
            case Map<?, ?> object -> schemas.checkContract(object, field, findings);
            default -> findings.error(field, null, "a mapping, true or false", "contract.malformed");
        }
    }

    private static void avro(Object document, String field, Findings findings) {
        String text = document instanceof String given ? given : WireJson.MAPPER.writeValueAsString(document);
        try {
            new Schema.Parser().parse(text);
        } catch (AvroRuntimeException notAvro) {
            findings.error(field, null, "an Avro schema: " + notAvro.getMessage(), "contract.malformed");
        }
    }

    private static void protobuf(Object document, String field, Findings findings) {
        if (!(document instanceof String text)) {
            findings.error(field, null, "text", "contract.malformed");
            return;
        }
        ProtobufOutline.problem(text)
                .ifPresentOrElse(
                        expected -> findings.error(field, null, expected, "contract.malformed"),
                        () -> findings.warning(
                                field,
                                "only the outline was checked: definitions and balanced braces",
                                "contract.not_checked"));
    }

    /** JSON or YAML text as maps, lists and scalars; null, with an error noted, if it is neither. */
    private static @Nullable Object read(Object document, String field, Findings findings) {
        if (!(document instanceof String text)) {
            return document;
        }
        String start = text.stripLeading();
        try {
            if (start.startsWith("{") || start.startsWith("[")) {
                return WireJson.MAPPER.readValue(text, Object.class);
            }
            @Nullable
            Object root = new Load(LoadSettings.builder()
                            .setAllowDuplicateKeys(false)
                            .setMaxAliasesForCollections(20)
                            .setCodePointLimit(MAX_BYTES)
                            .build())
                    .loadFromString(text);
            if (root == null) {
                findings.error(field, "nothing", "a document", "contract.malformed");
            }
            return root;
        } catch (JacksonException notJson) {
            findings.error(field, null, "JSON: " + notJson.getOriginalMessage(), "contract.malformed");
        } catch (YamlEngineException | StackOverflowError notYaml) {
            findings.error(field, null, "JSON or YAML", "contract.malformed");
        }
        return null;
    }
}
