package dev.apg.server.composition;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.apg.contract.WireJson;
import dev.apg.contract.composition.Severity;
import dev.apg.contract.composition.ValidationReport.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds the configuration that a composition gives against the schema of the version that gets it. */
final class ConfigurationChecks {
    /** Findings of one configuration; who has mended fifty can ask again. */
    private static final int MAX_FINDINGS = 50;

    /** The only addresses that a schema may refer to: those of its own language, which the validator brings along. */
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/";

    /** Sentences are the same on every machine. */
    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .locale(Locale.ENGLISH)
            .regularExpressionFactory(new LinearPatterns())
            .build();

    /** Keywords that are looked at for one configuration: references can make a short schema endless. */
    private static final long MAX_STEPS = 200_000;

    private static final int MAX_DEPTH = 500;

    private ConfigurationChecks() {}

    /** Findings of one chosen version; none if all is well. */
    static List<Finding> check(
            String capability,
            String version,
            @Nullable Map<String, Object> schema,
            Map<String, Object> configuration) {
        if (schema == null) {
            return configuration.isEmpty()
                    ? List.of()
                    : List.of(new Finding(
                            Severity.WARNING,
                            "configuration.not_checked",
                            capability,
                            version,
                            "configuration",
                            "%s %s has no configuration schema, so its configuration is not checked."
                                    .formatted(capability, version)));
        }
        try {
            JsonNode tree = WireJson.MAPPER.valueToTree(configuration);
            return schema(schema)
                    .validate(
                            tree,
                            (ExecutionContext context) -> context.executionConfig(bounds ->
                                    bounds.maxEvaluationSteps(MAX_STEPS).maxEvaluationDepth(MAX_DEPTH)))
                    .stream()
                    .limit(MAX_FINDINGS)
                    .map(error -> finding(capability, version, error))
                    .toList();
        } catch (RuntimeException | StackOverflowError unusable) {
            // A schema may be readable and still lead nowhere: to an address that is not looked up, round in a circle,
            // to an expression that cannot be matched in linear time, or on and on.
            return List.of(new Finding(
                    Severity.WARNING,
                    "configuration.not_checked",
                    capability,
                    version,
                    "configuration_schema",
                    "The configuration schema of %s %s cannot be followed, so its configuration is not checked."
                            .formatted(capability, version)));
        }
    }

    /** A registry of its own for each schema: an id that two of them claim must not mix them up. Nothing is fetched. */
    private static Schema schema(Map<String, Object> schema) {
        JsonNode tree = WireJson.MAPPER.valueToTree(schema);
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemaRegistryConfig(CONFIG)
                                .schemaLoader(loader -> loader.fetchRemoteResources(false)
                                        .allow(address -> address.toString().startsWith(DIALECT))))
                .getSchema(tree);
    }

    private static Finding finding(String capability, String version, Error error) {
        boolean missing = "required".equals(error.getKeyword());
        String path = "configuration" + error.getInstanceLocation().toString().replace('/', '.');
        return new Finding(
                Severity.ERROR,
                missing ? "configuration.missing" : "configuration.invalid",
                capability,
                version,
                missing ? path + "." + error.getProperty() : path,
                "The configuration of %s %s does not fit its schema: %s. The draft operation set_configuration sets all of it."
                        .formatted(capability, version, error.getMessage()));
    }
}
