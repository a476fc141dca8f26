package dev.apg.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.server.testing.TestDatabase;
import dev.apg.server.testing.TestServer;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A table that is added later must be erased, too. */
class ErasureTests {
    @Test
    void every_table_of_a_tenant_is_erased_and_only_when_its_time_is_over() {
        try (TestServer server = TestServer.start(TestDatabase.create())) {
            JdbcClient jdbc = server.bean(JdbcClient.class);
            var ofTenants = new TreeSet<>(jdbc.sql("""
                    SELECT table_name FROM information_schema.columns
                    WHERE table_schema = current_schema() AND column_name = 'tenant_id'
                      AND table_name NOT IN ('signing_key', 'signing_key_retirement')
                    """).query(String.class).list());
            assertThat(new TreeSet<>(Stream.concat(
                                    server.bean(ErasureRepository.class).tables().stream(),
                                    ErasureRepository.LAST.stream())
                            .toList()))
                    .isEqualTo(ofTenants);
            assertThat(new TreeSet<>(jdbc.sql("""
                            SELECT tablename FROM pg_policies
                            WHERE schemaname = current_schema() AND policyname = 'tenant_over'
                            """).query(String.class).list())).isEqualTo(ofTenants);
        }
    }
}
