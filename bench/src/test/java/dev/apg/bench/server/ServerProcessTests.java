package dev.apg.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerProcessTests {
    @Test
    void a_measured_server_runs_with_the_flags_of_the_packaged_one() throws IOException {
        String script = Files.readString(Path.of("../bin/apg"));
        String serve = script.substring(script.indexOf("== serve"), script.indexOf("-jar \"$jar\""));
        String flags =
                serve.substring(serve.indexOf(" -") + 1).replace("\\\n", " ").strip();
        assertThat(flags.split("\\s+")).containsExactlyElementsOf(ServerProcess.FLAGS);
    }
}
