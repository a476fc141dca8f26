package dev.apg.server.capability;

import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.LeastRate;
import dev.apg.server.web.Rejection;
import dev.apg.server.web.ReservedFile;
import dev.apg.server.web.TenantSlots;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Receives the bodies of imports into files before anything is done with them: a client that sends slowly then waits for
 * itself only, while an import that runs takes as long as the processor and the database do.
 */
@Component
class ImportReception {
    private static final int MOST_OF_TENANT = 4;
    private static final int MOST = 16;
    private static final int BUFFER = 64 * 1024;

    private final Path directory;
    private final TenantSlots slots = new TenantSlots(MOST_OF_TENANT, MOST);

    ImportReception(Settings settings) {
        this.directory = settings.dataDirectory();
    }

    /**
     * The whole body; it counts as one that is received until it is closed.
     *
     * @throws Rejection 503 {@code import.busy}, if as many are received as may be; 408 {@code body.too_slow}
     */
    ReservedFile receive(TenantContext context, InputStream body) {
        return ReservedFile.in(directory, "received", slots, context.tenantId())
                .orElseThrow(() -> Rejection.unavailable(
                        "import.busy",
                        "This node receives as many imports as it may already (at most %d of a tenant, %d in all)."
                                .formatted(MOST_OF_TENANT, MOST),
                        Duration.ofSeconds(5)))
                .filledBy(file -> copy(body, file.appending()));
    }

    private static void copy(InputStream body, OutputStream file) {
        LeastRate rate = LeastRate.ofBody();
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read; (read = body.read(buffer)) >= 0; ) {
                file.write(buffer, 0, read);
                rate.moved(read);
            }
        } catch (IOException failed) {
            if (failed instanceof SocketTimeoutException || failed.getCause() instanceof SocketTimeoutException) {
                throw rate.tooSlow();
            }
            throw new UncheckedIOException(failed);
        }
    }
}
