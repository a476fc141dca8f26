package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.apg.server.testing.Commands;
import dev.apg.server.testing.PublishedComposeSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeFileTests {
    private final Bundle bundle = SampleShop.shop().render();
    private final Map<String, Object> compose = BundleInputs.yaml(BundleInputs.text(bundle, "compose.yaml"));

    @Test
    void it_uses_only_what_the_specification_has() throws IOException {
        assertThat(errors(bundle)).isEmpty();
    }

    static List<String> errors(Bundle bundle) throws IOException {
        try (InputStream schema = ComposeFileTests.class.getResourceAsStream("/bundle/compose.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema)
                    .validate(BundleInputs.text(bundle, "compose.yaml"), InputFormat.YAML)
                    .stream()
                    .map(Object::toString)
                    .toList();
        }
    }

    @Test
    void the_published_schema_accepts_it() {
        PublishedComposeSchema schema = PublishedComposeSchema.required();
        assertThat(schema.errors(BundleInputs.text(bundle, "compose.yaml"))).isEmpty();
        assertThat(schema.errors(BundleInputs.text(HostileTexts.bundle().render(), "compose.yaml")))
                .isEmpty();
        assertThat(schema.errors("services: {shop: {image: [redis]}}")).hasSize(1);
    }

    @Test
    void compose_accepts_it_where_it_is_installed(@TempDir Path folder) throws IOException {
        BundleInputs.write(bundle, folder);
        Files.writeString(
                folder.resolve(".env"),
                Files.readString(folder.resolve(".env.example"))
                        .replace("SECRET_REDIS_PASSWORD=''", "SECRET_REDIS_PASSWORD='a$b'"));
        String rendered;
        if (Commands.present("docker")
                && Commands.run(folder, "docker", "compose", "version").status() == 0) {
            rendered = Commands.run(folder, "docker", "compose", "config").expectSuccess();
        } else if (Commands.present("docker-compose")) {
            // The first generation knows everything here but the project's name and secrets from variables.
            Path file = folder.resolve("compose.yaml");
            if (Commands.run(folder, "docker-compose", "--version").output().contains("version 1.")) {
                Files.writeString(
                        file,
                        Files.readString(file)
                                .replaceFirst("name: .*\n", "")
                                .replace("environment: SECRET_REDIS_PASSWORD", "file: ./secrets/redis/password"));
            }
            rendered = Commands.run(folder, "docker-compose", "config").expectSuccess();
        } else {
            Commands.skip("neither docker compose nor docker-compose is installed, so Compose is not asked");
            return;
        }
        assertThat(rendered).contains("LOG_LEVEL: debug", "REDIS_ADDR: redis-cart:6379", "a$$b");
    }

    @Test
    void only_exposed_ports_are_published_each_under_a_variable() {
        assertThat(service("frontend")).containsEntry("ports", List.of("${FRONTEND_HTTP_PORT:-80}:80"));
        assertThat(service("cart")).doesNotContainKey("ports");
        assertThat(service("telemetry")).doesNotContainKey("ports");
    }

    @Test
    void a_host_port_that_is_taken_moves_to_the_next_free_one_and_is_reported() {
        assertThat(service("backoffice")).containsEntry("ports", List.of("${BACKOFFICE_HTTP_PORT:-81}:80"));
        assertThat(bundle.notes()).extracting(BundleNote::kind).contains(BundleNote.Kind.PUBLISHED_PORT_MOVED);
    }

    @Test
    void what_differs_by_place_is_a_variable_and_the_process_sees_the_value_that_was_given() {
        assertThat(seen("cart", "LOG_LEVEL", Map.of())).isEqualTo("debug");
        assertThat(seen("cart", "LOG_LEVEL", Map.of("CART_LOG_LEVEL", "warn"))).isEqualTo("warn");
        assertThat(seen("cart", "GREETING", Map.of())).isEqualTo("costs $5 & ${HOME} $(HOME)");
        assertThat(seen("cart", "REDIS_PASSWORD", Map.of("SECRET_REDIS_PASSWORD", "s3cret")))
                .isEqualTo("s3cret");
        assertThat(seen("cart", "REDIS_ADDR", Map.of())).isEqualTo("redis-cart:6379");
        assertThat(BundleInputs.text(bundle, ".env.example"))
                .contains("SECRET_REDIS_PASSWORD=''", "#CART_LOG_LEVEL=debug", "#FRONTEND_HTTP_PORT=80");
    }

    @Test
    void a_secret_that_is_a_variable_here_and_a_file_there_is_asked_for_once() {
        assertThat(service("redis-cart")).containsEntry("secrets", List.of("redis_password"));
        assertThat(seen("redis-cart", "REDIS_PASSWORD_FILE", Map.of())).isEqualTo("/run/secrets/redis_password");
        assertThat(compose)
                .containsEntry("secrets", Map.of("redis_password", Map.of("environment", "SECRET_REDIS_PASSWORD")));
        assertThat(BundleInputs.text(bundle, ".env.example").lines().filter(line -> line.contains("SECRET_")))
                .containsExactly("SECRET_REDIS_PASSWORD=''");
        assertThat(BundleInputs.text(bundle, "README.md"))
                .contains("| `redis` | `password` | `redis-cart`, `cart` | variable `SECRET_REDIS_PASSWORD` |");
    }

    @Test
    void compose_copies_a_secret_only_into_a_writable_root_and_a_note_says_so() {
        assertThat(service("redis-cart")).doesNotContainKey("read_only");
        assertThat(service("telemetry")).containsEntry("read_only", true);
        assertThat(bundle.notes())
                .filteredOn(note -> note.kind() == BundleNote.Kind.ROOT_WRITABLE_IN_COMPOSE)
                .extracting(BundleNote::capability)
                .containsExactly("redis-cart");
    }

    @Test
    void a_secret_that_is_only_ever_a_file_comes_from_a_file() {
        Bundle files = BundleInputs.aBundle().version("db", "1.0.0", """
                        runtime:
                          image: db:1
                          read_only_root: true
                          environment: [{name: PASSWORD_FILE, secret: {name: db, key: password}}]
                        """).render();

        assertThat(service(files, "db"))
                .containsEntry("secrets", List.of("db_password"))
                .containsEntry("read_only", true);
        assertThat(BundleInputs.text(files, "compose.yaml"))
                .contains("file: \"${SECRET_DB_PASSWORD_FILE:-./secrets/db/password}\"");
        assertThat(BundleInputs.text(files, "README.md")).contains("`./secrets/db/password`");
    }

    @Test
    void the_readme_names_every_variable_that_has_no_default() {
        String readme = BundleInputs.text(bundle, "README.md");
        String steps = readme.substring(readme.indexOf("## Run it on one host"), readme.indexOf("docker compose up"));
        List<String> required = Pattern.compile("(?<!\\$)\\$\\{([A-Z0-9_]+)(?:}|:?\\?)")
                .matcher(BundleInputs.text(bundle, "compose.yaml"))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(required).containsExactly("SECRET_REDIS_PASSWORD");
        assertThat(required).allSatisfy(name -> assertThat(steps).contains("`" + name + "`"));
    }

    @Test
    void services_wait_for_their_providers_and_for_health_where_it_can_be_asked() {
        assertThat(service("cart"))
                .containsEntry(
                        "depends_on",
                        Map.of(
                                "telemetry", Map.of("condition", "service_started"),
                                "redis-cart", Map.of("condition", "service_healthy")));
        assertThat(service("telemetry")).doesNotContainKey("depends_on");
    }

    @Test
    void inside_a_cycle_nothing_waits_for_anything() {
        Bundle cyclic = BundleInputs.aBundle()
                .image("a", "a:1")
                .image("b", "b:1")
                .image("c", "c:1")
                .binding("a", "b", "b")
                .binding("b", "a", "a")
                .binding("c", "a", "a")
                .cycle("a", "b")
                .render();

        assertThat(service(cyclic, "a")).doesNotContainKey("depends_on");
        assertThat(service(cyclic, "b")).doesNotContainKey("depends_on");
        assertThat(service(cyclic, "c"))
                .containsEntry("depends_on", Map.of("a", Map.of("condition", "service_started")));
    }

    @Test
    void a_module_passes_on_what_it_waits_for() {
        Bundle bundle = BundleInputs.aBundle()
                .image("store", "store:1")
                .version("module", "1.0.0", "requirements: [{capability: store}]")
                .version("shop", "1.0.0", "{requirements: [{capability: module}], runtime: {image: shop, user: 1}}")
                .binding("module", "store", "store")
                .binding("shop", "module", "module")
                .render();

        assertThat(service(bundle, "shop"))
                .containsEntry("depends_on", Map.of("store", Map.of("condition", "service_started")));
    }

    @Test
    void replicas_that_would_share_a_host_port_are_reduced_and_reported() {
        assertThat(service("frontend")).doesNotContainKey("deploy");
        assertThat(service("cart").get("deploy")).asString().contains("replicas=2");
        assertThat(bundle.notes())
                .filteredOn(note -> note.kind() == BundleNote.Kind.REPLICAS_NOT_IN_COMPOSE)
                .extracting(BundleNote::capability)
                .containsExactly("frontend");
    }

    @Test
    void two_uses_that_would_share_a_variable_get_different_ones() {
        Bundle bundle = BundleInputs.aBundle()
                .version(
                        "a-b",
                        "1.0.0",
                        "runtime: {image: a, user: 1, environment: [{name: C, configuration: x}]}",
                        Map.of("x", "first"))
                .version(
                        "a",
                        "1.0.0",
                        "runtime: {image: a, user: 1, environment: [{name: B_C, configuration: x}]}",
                        Map.of("x", "second"))
                .render();

        String example = BundleInputs.text(bundle, ".env.example");
        assertThat(example.lines().filter(line -> line.startsWith("#A_B_C_")))
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(example).doesNotContain("#A_B_C=");
    }

    @Test
    void quantities_are_written_as_compose_reads_them() {
        assertThat(Quantity.composeBytes("64Mi")).isEqualTo("64m");
        assertThat(Quantity.composeBytes("1Gi")).isEqualTo("1024m");
        assertThat(Quantity.composeBytes("1M")).isEqualTo("1000000b");
        assertThat(Quantity.composeBytes("0.5Ki")).isEqualTo("512b");
        assertThat(Quantity.composeBytes("999999999999Pi")).isEqualTo(Long.MAX_VALUE + "b");
        assertThat(Quantity.composeProcessors("200m")).isEqualTo("0.2");
        assertThat(Quantity.composeProcessors("10")).isEqualTo("10");
    }

    private String seen(String service, String variable, Map<String, String> place) {
        return ComposeText.seen(
                (String) mapping(service(service).get("environment")).get(variable), place);
    }

    private Map<String, Object> service(String name) {
        return mapping(mapping(compose.get("services")).get(name));
    }

    private static Map<String, Object> service(Bundle bundle, String name) {
        Map<String, Object> compose = BundleInputs.yaml(BundleInputs.text(bundle, "compose.yaml"));
        return mapping(mapping(compose.get("services")).get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mapping(Object value) {
        return (Map<String, Object>) value;
    }
}
