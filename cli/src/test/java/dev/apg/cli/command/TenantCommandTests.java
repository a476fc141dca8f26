package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantCommandTests {
    @TempDir
    Path directory;

    private Cli cli;
    private final String acme = "acme-" + UUID.randomUUID();

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    private Cli administrator() {
        Cli.Outcome created = cli.run("tenant", "create", acme, "--name", "Acme Inc.");
        assertThat(created.code()).as(created.err()).isEqualTo(ExitCode.OK);
        assertThat(created.out().strip()).startsWith("apg_").doesNotContain("\n");
        assertThat(created.err()).contains(acme, "is not shown again");
        return cli.with("APG_TOKEN", created.out().strip());
    }

    @Test
    void a_tenant_is_made_listed_and_used_by_its_administrator() {
        Cli administrator = administrator();

        assertThat(administrator.run("compose", "create", "shop").code()).isEqualTo(ExitCode.OK);
        assertThat(administrator.run("doctor").out()).contains("tenant " + acme);
        assertThat(cli.run("tenant", "list", "--limit", "100").out()).contains(acme, "Acme Inc.", "COMPOSITIONS");
        assertThat(cli.run("tenant", "show", acme).out())
                .startsWith("%s (Acme Inc.), active\n".formatted(acme))
                .contains("compositions  1");
        assertThat(cli.run("tenant", "create", acme).code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(cli.run("tenant", "show", "nobody").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void a_suspended_tenant_is_told_why_and_a_deleted_one_only_reads() {
        Cli administrator = administrator();

        assertThat(cli.run("tenant", "suspend", acme, "--reason", "not paid").out())
                .contains("suspended", "not paid");
        Cli.Outcome refused = administrator.run("compose", "list");
        assertThat(refused.code()).isEqualTo(ExitCode.DENIED);
        assertThat(refused.err()).contains("The tenant is suspended: not paid");

        assertThat(cli.run("tenant", "delete", acme, "--reason", "gone", "--grace-days", "9")
                        .out())
                .contains("deleting", "Everything is erased after ");
        assertThat(administrator.run("compose", "list").code()).isEqualTo(ExitCode.OK);
        assertThat(administrator.run("compose", "create", "shop").code()).isEqualTo(ExitCode.DENIED);
        assertThat(cli.run("tenant", "resume", acme).out()).contains("active");
        assertThat(administrator.run("compose", "create", "shop").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void quotas_are_set_and_lifted() {
        Cli administrator = administrator();

        assertThat(cli.run("tenant", "quotas", acme, "--compositions", "1").out())
                .contains("compositions  0    1");
        assertThat(administrator.run("compose", "create", "shop").code()).isEqualTo(ExitCode.OK);
        Cli.Outcome second = administrator.run("compose", "create", "stall");
        assertThat(second.code()).isEqualTo(ExitCode.DENIED);
        assertThat(second.err()).contains("2 compositions (expected: at most 1, its quota)");
        assertThat(cli.run("tenant", "quotas", acme).code()).isEqualTo(ExitCode.OK);
        assertThat(administrator.run("compose", "create", "stall").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_tenants_token_makes_no_tenant() {
        Cli.Outcome refused = cli.with(
                        "APG_API_KEY", administrator().environment().get("APG_TOKEN"))
                .run("tenant", "create", "more");

        assertThat(refused.code()).isEqualTo(ExitCode.DENIED);
        assertThat(refused.err()).contains("platform:administer");
    }
}
