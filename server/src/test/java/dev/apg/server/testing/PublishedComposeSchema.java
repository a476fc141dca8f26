package dev.apg.server.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schema that the Compose specification publishes. It is not ours to ship: {@code bin/test} installs it. */
public record PublishedComposeSchema(Schema schema) {

    /** The one that {@code APG_COMPOSE_SCHEMA} names; skips the test without, or fails it where CI runs. */
    public static PublishedComposeSchema required() {
        String file = System.getenv("APG_COMPOSE_SCHEMA");
        if (file == null) {
            Commands.skipExceptInCi("APG_COMPOSE_SCHEMA names no Compose schema, so the published one is not asked");
        }
        // The schema calls itself by a relative name, which must be relative to something.
        SchemaLocation location = SchemaLocation.of("https://compose-spec.invalid/compose-spec.json");
        try (InputStream content = Files.newInputStream(Path.of(file))) {
            return new PublishedComposeSchema(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(location, content, InputFormat.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** What a Compose file breaks. */
    public List<String> errors(String composeFile) {
        return schema.validate(composeFile, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }
}
