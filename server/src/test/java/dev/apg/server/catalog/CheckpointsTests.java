package dev.apg.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.apg.resolver.Universe;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Cursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CheckpointsTests {
    private static final UUID TENANT = new UUID(1, 2);

    @TempDir
    Path directory;

    @Test
    void texts_longer_than_the_buffer_are_read_back() {
        String longest = "ä€😀".repeat(50_000);
        Checkpoint written = checkpoint(1, List.of("short", longest, "", longest.substring(2), "short again"));

        begin().write(TENANT, written);

        Checkpoint read = begin().read(TENANT).orElseThrow();
        assertThat(read.mark()).isEqualTo("mark");
        assertThat(read.snapshot().services(""))
                .isEqualTo(written.snapshot().services("").toList());
    }

    @Test
    void what_a_start_has_read_is_given_once_and_after_that_what_the_file_has_then() {
        begin().write(TENANT, checkpoint(1, List.of("old")));
        Checkpoints started = begin();

        assertThat(cursor(started.read(TENANT))).isEqualTo(new Cursor(1, 1));
        started.write(TENANT, checkpoint(2, List.of("new")));
        assertThat(cursor(started.read(TENANT))).isEqualTo(new Cursor(1, 2));
    }

    @Test
    void what_no_tenant_needs_is_let_go_at_the_end_of_a_start_and_can_still_be_read() {
        begin().write(TENANT, checkpoint(1, List.of("old")));
        Checkpoints started = begin();

        started.endOfStart();
        started.write(TENANT, checkpoint(2, List.of("new")));

        assertThat(cursor(started.read(TENANT))).isEqualTo(new Cursor(1, 2));
    }

    @Test
    void a_file_of_somebody_else_is_told_and_does_not_end_the_search_for_others() throws IOException {
        begin().write(TENANT, checkpoint(1, List.of()));
        Files.writeString(directory.resolve("snapshot/notes.checkpoint"), "buy milk");
        var log = (Logger) LoggerFactory.getLogger(Checkpoints.class);
        var told = new ListAppender<ILoggingEvent>();
        told.start();
        log.addAppender(told);
        try {
            assertThat(begin().read(TENANT)).isPresent();
        } finally {
            log.detachAppender(told);
        }

        assertThat(told.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("A file that is not a kept snapshot ")
                .endsWith("notes.checkpoint");
    }

    private Checkpoints begin() {
        return Checkpoints.begin(Settings.ofDevelopment(directory, Optional.empty()));
    }

    private static Cursor cursor(Optional<Checkpoint> read) {
        return read.orElseThrow().snapshot().cursor();
    }

    /** Of services with these descriptions. */
    private static Checkpoint checkpoint(long seq, List<String> descriptions) {
        List<ServiceEntry> services = descriptions.stream()
                .map(text -> new ServiceEntry(UUID.randomUUID(), "service-" + descriptions.indexOf(text), text))
                .toList();
        return new Checkpoint(Snapshot.of(new Cursor(1, seq), Universe.empty(), List.of(), services), "mark");
    }
}
