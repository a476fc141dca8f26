package dev.apg.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestServer;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ServerStartTests {
    @Test
    void a_server_starts_on_a_fresh_database_and_listens() throws Exception {
        try (var server = TestServer.start();
                var socket = new Socket("127.0.0.1", server.url().getPort())) {
            assertThat(socket.isConnected()).isTrue();
        }
    }
}
