package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.PackageURL;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.apg.contract.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SoftwareBillTests {
    private static final Map<String, String> SCHEMAS = Map.of(
            "http://cyclonedx.org/schema/bom-1.6.schema.json", "/bom-1.6.schema.json",
            "http://cyclonedx.org/schema/spdx.schema.json", "/spdx.schema.json",
            "http://cyclonedx.org/schema/jsf-0.82.schema.json", "/jsf-0.82.schema.json");

    private final Bundle bundle = SampleShop.shop().render();
    private final JsonNode bill = WireJson.MAPPER.readTree(BundleInputs.text(bundle, "sbom.cdx.json"));

    @Test
    void it_is_valid_against_the_published_schema() throws IOException {
        assertThat(errors(BundleInputs.text(bundle, "sbom.cdx.json"))).isEmpty();
        assertThat(errors(BundleInputs.text(HostileTexts.bundle().render(), "sbom.cdx.json")))
                .isEmpty();
        assertThat(errors("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"serialNumber\": \"5\"}"))
                .isNotEmpty();
    }

    private static List<String> errors(String text) throws IOException {
        Map<String, String> contents = new java.util.HashMap<>();
        for (var schema : SCHEMAS.entrySet()) {
            try (InputStream content = SoftwareBillTests.class.getResourceAsStream(schema.getValue())) {
                contents.put(schema.getKey(), new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7, builder -> builder.schemas(contents))
                .getSchema(com.networknt.schema.SchemaLocation.of("http://cyclonedx.org/schema/bom-1.6.schema.json"))
                .validate(text, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void its_serial_number_comes_from_the_lock_and_its_time_is_that_of_the_freeze() {
        String hex = SampleShop.shop().input().lockDigest().substring("sha256:".length());

        assertThat(bill.at("/serialNumber").asString())
                .startsWith("urn:uuid:" + hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-8");
        assertThat(bill.at("/metadata/timestamp").asString()).isEqualTo("2026-03-04T05:06:07Z");
    }

    @Test
    void every_entry_of_the_lock_is_a_component_with_a_package_url_and_the_digest_of_a_pinned_image() throws Exception {
        List<String> names = new ArrayList<>();
        for (JsonNode component : bill.get("components")) {
            names.add(component.get("name").asString());
            PackageURL url = new PackageURL(component.get("purl").asString());
            if (component.get("name").asString().equals("redis-cart")) {
                assertThat(url.getType()).isEqualTo("oci");
                assertThat(url.getName()).isEqualTo("redis");
                assertThat(url.getVersion()).isEqualTo(SampleShop.DIGEST);
                assertThat(url.getQualifiers())
                        .containsEntry("repository_url", "docker.io/library/redis")
                        .containsEntry("tag", "7.2.5-alpine");
                assertThat(component.at("/hashes/0/content").asString())
                        .isEqualTo(SampleShop.DIGEST.substring("sha256:".length()));
            }
            if (component.get("name").asString().equals("money")) {
                assertThat(url.canonicalize()).isEqualTo("pkg:generic/acme/money@2.1.0-rc.1");
                assertThat(component.get("type").asString()).isEqualTo("library");
            }
        }
        assertThat(names)
                .containsExactlyInAnyOrder("telemetry", "redis-cart", "money", "cart", "frontend", "backoffice");
    }

    @Test
    void its_dependency_graph_is_that_of_the_bindings() {
        for (JsonNode dependency : bill.get("dependencies")) {
            if (dependency.get("ref").asString().equals("capability:cart@0.10.2")) {
                assertThat(dependency.get("dependsOn"))
                        .extracting(JsonNode::asString)
                        .containsExactly(
                                "capability:acme/money@2.1.0-rc.1",
                                "capability:redis-cart@7.2.5",
                                "capability:telemetry@0.9.0");
                return;
            }
        }
        throw new AssertionError("no dependencies of cart");
    }
}
