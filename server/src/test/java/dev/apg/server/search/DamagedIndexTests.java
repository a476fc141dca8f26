package dev.apg.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.catalog.Eventually;
import dev.apg.server.testing.TestClient;
import dev.apg.server.testing.TestClient.Answer;
import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedIndexTests {
    @TempDir
    Path directory;

    private TestDatabase database;

    @BeforeEach
    void index_some_capabilities() {
        database = TestDatabase.create();
        try (Node node = new Node()) {
            for (int i = 0; i < 10; i++) {
                Answer registered = node.client()
                        .post(
                                "/api/v1/capabilities",
                                Map.of("capability", "cart-" + i, "about", Map.of("display_name", "Shopping cart")));
                assertThat(registered.status()).as(registered.text()).isEqualTo(201);
            }
            Eventually.holds(() -> assertThat(found(node)).isEqualTo(10));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_index_whose_list_of_segments_is_empty_is_built_anew() throws IOException {
        try (FileList files = new FileList()) {
            Path segments = files.all()
                    .filter(file -> file.getFileName().toString().startsWith("segments_"))
                    .findFirst()
                    .orElseThrow();
            Files.write(segments, new byte[0]);
        }
        try (Node node = new Node()) {
            Eventually.holds(() -> assertThat(found(node)).isEqualTo(10));
            Eventually.holds(
                    () -> assertThat(node.server().anonymous().get("/readyz").status())
                            .isEqualTo(200));
        }
    }

    @Test
    void damage_inside_an_index_is_noticed_at_start() throws IOException {
        try (FileList files = new FileList()) {
            damage(files.biggest());
        }
        try (Node node = new Node()) {
            Eventually.holds(() -> assertThat(found(node)).isEqualTo(10));
        }
    }

    @Test
    void damage_under_a_running_server_never_costs_more_than_a_503() throws IOException {
        try (Node node = new Node()) {
            Eventually.holds(() -> assertThat(found(node)).isEqualTo(10));
            try (FileList files = new FileList()) {
                Files.write(files.biggest(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            }
            for (String word : new String[] {"shopping", "cart", "cart-3", "shoping", "nothing", ""}) {
                Answer answer = node.client().get("/api/v1/search?q=" + word);
                assertThat(answer.status()).as(word + answer.text()).isIn(200, 503);
                assertThat(answer.status() == 200
                                || answer.header("Retry-After").isPresent())
                        .isTrue();
            }
            Eventually.holds(() -> assertThat(found(node)).isEqualTo(10));
        }
    }

    @Test
    void an_index_that_cannot_be_opened_for_another_reason_is_kept_and_tried_again() throws IOException {
        Path lock;
        Set<Path> before;
        try (FileList files = new FileList()) {
            before = files.all().collect(Collectors.toSet());
            lock = before.stream()
                    .filter(file -> file.endsWith("write.lock"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(lock);
        Files.createDirectory(lock);
        try (Node node = new Node()) {
            assertThat(node.client().get("/api/v1/search?q=shopping").status()).isEqualTo(503);
            try (FileList files = new FileList()) {
                assertThat(files.all())
                        .containsAll(before.stream()
                                .filter(file -> !file.equals(lock))
                                .toList());
            }
            Files.delete(lock);
            Eventually.holds(() -> assertThat(found(node)).isEqualTo(10));
        }
    }

    private static int found(Node node) {
        Answer answer = node.client().get("/api/v1/search?q=shopping");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("total_count").asInt();
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 16; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
    }

    /** The server on this test's database and directory. */
    private final class Node implements AutoCloseable {
        private final TestServer server = TestServer.start(database, directory, UnaryOperator.identity());

        TestServer server() {
            return server;
        }

        TestClient client() {
            return server.client();
        }

        @Override
        public void close() {
            server.stop();
        }
    }

    /** The files of the index. */
    private final class FileList implements AutoCloseable {
        private final Stream<Path> files = Files.walk(directory.resolve("search"));

        FileList() throws IOException {}

        Stream<Path> all() {
            return files.filter(Files::isRegularFile);
        }

        Path biggest() {
            return all().filter(file -> !file.toString().endsWith(".lock"))
                    .max(Comparator.comparing(FileList::size))
                    .orElseThrow();
        }

        private static long size(Path file) {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            files.close();
        }
    }
}
