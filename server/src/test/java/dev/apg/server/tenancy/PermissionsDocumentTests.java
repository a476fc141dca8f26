package dev.apg.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PermissionsDocumentTests {
    private static final Path DOCUMENT = Path.of("..", "docs", "permissions.md");

    @Test
    void the_checked_in_page_says_what_the_code_does() throws Exception {
        if (Boolean.getBoolean("apg.generate")) {
            Files.writeString(DOCUMENT, PermissionsDocument.markdown());
        }

        assertThat(Files.readString(DOCUMENT))
                .describedAs("docs/permissions.md is stale: run make generate")
                .isEqualTo(PermissionsDocument.markdown());
    }
}
