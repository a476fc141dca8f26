package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.contract.capability.HealthKind;
import dev.apg.contract.capability.RuntimeDescriptor;
import dev.apg.contract.capability.RuntimeDescriptor.EnvironmentVariable;
import dev.apg.contract.capability.RuntimeDescriptor.HealthCheck;
import dev.apg.contract.capability.RuntimeDescriptor.Volume;
import dev.apg.contract.capability.VersionDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Texts that some reader of YAML, Compose or Kubernetes takes for something else, in every field that people write. */
final class HostileTexts {
    static final List<String> TEXTS = List.of(
            "",
            " ",
            " leading and trailing ",
            "on",
            "No",
            "y",
            "~",
            "null",
            "NaN",
            ".inf",
            "1e3",
            "0755",
            "0o17",
            "0x1F",
            "1_000",
            "12:30:45",
            "2026-01-01",
            "- item",
            "key: value",
            "a #comment",
            "#comment",
            "'single'",
            "\"double\"",
            "back\\slash \\n \\",
            "{flow: [mapping]}",
            "[a, b]",
            "&anchor",
            "*alias",
            "!!binary aGk=",
            "%directive",
            "@at",
            "`backtick`",
            "| literal",
            "> folded",
            "---",
            "...",
            "--- # x\n- y",
            "two\nlines",
            "\n\nbreaks around\n\n",
            "carriage\rreturn\r\n",
            "tab\there",
            "$",
            "$$",
            "$(NAME)",
            "$$(NAME)",
            "${NAME}",
            "${NAME:-x}",
            "$NAME",
            "}",
            "a}b",
            "{{ .Values.x }}",
            "gr\u00fc\u00df \u6f22\u5b57 \ud83d\ude80 \u200f\u202e",
            "\u0001\u001b[31m\u00a0 \u2028 \u2029 \ufeff",
            "x".repeat(5_000),
            "line ".repeat(500));

    private HostileTexts() {}

    static BundleInputs bundle() {
        List<EnvironmentVariable> environment = new ArrayList<>();
        Map<String, Object> configuration = new LinkedHashMap<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            environment.add(new EnvironmentVariable("LITERAL_" + i, TEXTS.get(i), null, null, null));
            environment.add(new EnvironmentVariable("CONFIGURED_" + i, null, "k" + i, null, null));
            configuration.put("k" + i, TEXTS.get(i));
        }
        List<String> command = new ArrayList<>(List.of("run"));
        command.addAll(TEXTS);
        RuntimeDescriptor runtime = new RuntimeDescriptor(
                "hostile:1",
                command,
                TEXTS,
                1000L,
                true,
                List.of(),
                environment,
                List.of(new Volume("v", "/$HOME/${X}/#'\"{}\\", null, null)),
                new HealthCheck(HealthKind.COMMAND, null, null, command, null, null, null, null),
                null,
                null);
        VersionDocument document = new VersionDocument(
                "apg.version/1", "hostile", "1.0.0", null, null, null, null, null, null, 0, runtime);
        return BundleInputs.aBundle()
                .of("hostile", String.join(" ", TEXTS), String.join("\n", TEXTS))
                .version(document, configuration);
    }

    /** Reads what another program wrote, every plain scalar as text: programs differ in what they need to quote. */
    static List<Map<String, Object>> documents(String yaml) {
        LoaderOptions loading = new LoaderOptions();
        DumperOptions dumping = new DumperOptions();
        Resolver textsOnly = new Resolver() {
            @Override
            protected void addImplicitResolvers() {}
        };
        List<Map<String, Object>> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading, textsOnly)
                .loadAll(yaml)
                .forEach(document -> documents.add(mapping(document)));
        return documents;
    }

    /** Asserts that Kubernetes objects, as plain mappings, show the process exactly the texts. */
    static void assertSeen(List<Map<String, Object>> objects) {
        Map<String, Object> configuration = mapping(one(objects, "ConfigMap").get("data"));
        Map<String, Object> pod =
                mapping(mapping(mapping(one(objects, "Deployment").get("spec")).get("template"))
                        .get("spec"));
        Map<String, Object> container = mapping(((List<?>) pod.get("containers")).getFirst());
        List<?> variables = (List<?>) container.get("env");
        for (int i = 0; i < TEXTS.size(); i++) {
            Map<String, Object> literal = mapping(variables.get(2 * i));
            // An empty value and none are the same to Kubernetes.
            assertThat(KubernetesObjects.expanded((String) literal.getOrDefault("value", "")))
                    .isEqualTo(TEXTS.get(i));
            assertThat(configuration).containsEntry("CONFIGURED_" + i, TEXTS.get(i));
        }
        assertThat(KubernetesObjects.expanded(texts(container.get("args")))).containsExactlyElementsOf(TEXTS);
        assertThat(KubernetesObjects.expanded(texts(container.get("command"))).skip(1))
                .containsExactlyElementsOf(TEXTS);
    }

    private static Map<String, Object> one(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> mapping(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<String> texts(Object value) {
        return (List<String>) value;
    }
}
