package dev.apg.server.composition.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rendered folder as {@code kubectl} reads it. */
class KustomizeTests {
    @TempDir
    Path folder;

    @BeforeEach
    void onlyWithKubectl() {
        if (!Commands.present("kubectl")) {
            Commands.skipExceptInCi("kubectl is not installed, so kustomize does not read the bundle");
        }
    }

    @Test
    void kustomize_renders_the_folder_with_the_images_as_they_are() throws IOException {
        BundleInputs.write(SampleShop.shop().render(), folder);

        assertThat(kustomize("kubernetes"))
                .contains(
                        "image: redis:7.2.5-alpine@" + SampleShop.DIGEST,
                        "image: registry.example:5000/otel/collector@" + SampleShop.DIGEST,
                        "image: shop/cart:v0.10.2",
                        "image: shop/backoffice\n");
    }

    @Test
    void an_overlay_sets_the_namespace_another_registry_and_a_configuration_value() throws IOException {
        BundleInputs.write(SampleShop.shop().render(), folder);
        Files.createDirectory(folder.resolve("production"));
        Files.writeString(folder.resolve("production/kustomization.yaml"), """
                namespace: shop-production
                resources: [../kubernetes]
                images:
                  - name: redis
                    newName: mirror.example/redis
                patches:
                  - patch: |
                      apiVersion: v1
                      kind: ConfigMap
                      metadata: {name: cart}
                      data: {LOG_LEVEL: warn}
                """);

        assertThat(kustomize("production"))
                .contains(
                        "image: mirror.example/redis:7.2.5-alpine@" + SampleShop.DIGEST,
                        "namespace: shop-production",
                        "LOG_LEVEL: warn");
    }

    @Test
    void kustomize_keeps_hostile_texts_as_they_are() throws IOException {
        Bundle hostile = HostileTexts.bundle().render();
        BundleInputs.write(hostile, folder);

        String rendered = kustomize("kubernetes");

        HostileTexts.assertSeen(HostileTexts.documents(rendered));
    }

    private String kustomize(String name) {
        return Commands.run(folder, "kubectl", "kustomize", name).expectSuccess();
    }
}
