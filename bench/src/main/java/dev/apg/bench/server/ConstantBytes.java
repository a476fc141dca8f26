package dev.apg.bench.server;

import java.nio.charset.StandardCharsets;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A handler that answers with the same bytes always, behind the filters that every request passes: what is left is what
 * an answer costs beyond them. The servers that the bench starts have it because its classes are on their class path;
 * the product does not know it. Not an auto-configuration, because which of those there are was settled by the build.
 */
final class ConstantBytes {
    static final String PATH = "/api/v1/bench/constant";

    /** The same where the door is open to everybody, as it is outside {@code /api}. */
    static final String OPEN_PATH = "/bench/constant";

    /** About as long as the answer that shows a capability. */
    static final byte[] BYTES =
            "{\"constant\":\"%s\"}".formatted("x".repeat(583)).getBytes(StandardCharsets.UTF_8);

    private ConstantBytes() {}

    /** Spring finds it by {@code META-INF/spring.factories}. */
    public static final class Addition implements ApplicationContextInitializer<GenericApplicationContext> {
        @Override
        public void initialize(GenericApplicationContext context) {
            context.registerBean(Handler.class);
        }
    }

    @RestController
    static class Handler {
        @GetMapping({PATH, OPEN_PATH})
        ResponseEntity<byte[]> constant() {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(BYTES);
        }
    }
}
