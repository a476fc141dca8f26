package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.ZipFile;
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
    void without_a_day_of_grace_a_tenant_is_deleted_only_if_that_is_meant() {
        administrator();

        Cli.Outcome asked = cli.run("tenant", "delete", acme, "--reason", "gone", "--grace-days", "0");
        assertThat(asked.code()).isEqualTo(ExitCode.USAGE);
        assertThat(asked.err()).contains("everything that %s has is erased at once".formatted(acme), "--yes");
        assertThat(cli.run("tenant", "show", acme).out()).contains(", active\n");

        Cli.Outcome meant = cli.run("tenant", "delete", acme, "--reason", "gone", "--grace-days", "0", "--yes");
        assertThat(meant.code()).as(meant.err()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("tenant", "resume", acme).code()).isEqualTo(ExitCode.CONFLICT);
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
        assertThat(cli.run("tenant", "quotas", acme, "--versions", "7").out()).contains("versions      0    7");
        assertThat(cli.run("tenant", "quotas", acme).out()).contains("compositions  1    1", "versions      0    7");
        assertThat(administrator.run("compose", "create", "stall").code()).isEqualTo(ExitCode.DENIED);
        assertThat(cli.run("tenant", "quotas", acme, "--compositions", "none").out())
                .contains("compositions  1    unbounded", "versions      0    7");
        assertThat(administrator.run("compose", "create", "stall").code()).isEqualTo(ExitCode.OK);
        Cli.Outcome strange = cli.run("tenant", "quotas", acme, "--versions", "many");
        assertThat(strange.code()).isEqualTo(ExitCode.USAGE);
        assertThat(strange.err()).contains("--versions", "many (expected: a number, or none)");
    }

    @Test
    void a_tenants_token_makes_no_tenant() {
        Cli.Outcome refused = cli.with(
                        "APG_API_KEY", administrator().environment().get("APG_TOKEN"))
                .run("tenant", "create", "more");

        assertThat(refused.code()).isEqualTo(ExitCode.DENIED);
        assertThat(refused.err()).contains("platform:administer");
    }

    @Test
    void rates_are_set_and_lifted() {
        administrator();

        assertThat(cli.run("tenant", "rates", acme, "--requests-per-minute", "600", "--burst", "90")
                        .out())
                .contains("Each client may send 600 requests a minute, and 90 at once.");
        assertThat(cli.run("tenant", "rates", acme, "--burst", "60").out())
                .contains("Each client may send 600 requests a minute, and 60 at once.");
        assertThat(cli.run("tenant", "rates", acme).out())
                .contains("Each client may send 600 requests a minute, and 60 at once.");
        assertThat(cli.run("tenant", "rates", acme, "--burst", "default").out())
                .contains("Each client may send 600 requests a minute.");
        assertThat(cli.run("tenant", "rates", acme, "--requests-per-minute", "default")
                        .out())
                .contains("Each client may ask as often as the installation says.");
        Cli.Outcome none = cli.run("tenant", "rates", acme, "--burst", "0");
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("burst");
    }

    @Test
    void an_administrator_says_how_the_tenant_works() {
        Cli administrator = administrator();

        assertThat(administrator.run("tenant", "settings").out())
                .contains("audit retention", "for ever", "newest; accepts deprecated", "the installation");
        Cli.Outcome said = administrator.run(
                "tenant", "settings", "--audit-retention-days", "400", "--objective", "minimal_change,fewest");
        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("400 days", "minimal_change, then fewest; accepts deprecated", "the tenant");
        Cli.Outcome left = administrator.run("tenant", "settings", "--default-policy");
        assertThat(left.out()).contains("400 days", "newest; accepts deprecated");
        assertThat(administrator
                        .run("tenant", "settings", "--audit-retention-days", "89")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(administrator
                        .run("tenant", "settings", "--default-policy", "--prereleases")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(administrator
                        .run("tenant", "settings", "--accept", "yanked", "--accept-none")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void everything_that_a_tenant_has_is_exported_and_its_catalogue_loads_elsewhere() throws IOException {
        Cli administrator = administrator();
        Files.writeString(
                directory.resolve("cart.yaml"), "{format: apg.version/1, capability: exported-cart, version: 1.0.0}");
        assertThat(administrator.run("publish", "cart.yaml").code()).isEqualTo(ExitCode.OK);

        Cli.Outcome exported = administrator.run("tenant", "export", "acme.zip");
        assertThat(exported.code()).as(exported.err()).isEqualTo(ExitCode.OK);
        assertThat(exported.out())
                .startsWith("Everything that %s has, of ".formatted(acme))
                .contains("is in acme.zip");
        assertThat(administrator.run("tenant", "export", "acme.zip").code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(cli.run("tenant", "suspend", acme, "--reason", "a test").code())
                .isEqualTo(ExitCode.OK);
        assertThat(administrator.run("tenant", "export", "again.zip").code()).isEqualTo(ExitCode.DENIED);
        assertThat(directory.resolve("again.zip")).doesNotExist();
        assertThat(cli.run("tenant", "export", "acme.zip", "--tenant", acme, "--force")
                        .code())
                .isEqualTo(ExitCode.OK);

        try (var zip = new ZipFile(directory.resolve("acme.zip").toFile())) {
            Files.copy(zip.getInputStream(zip.getEntry("catalogue.jsonl")), directory.resolve("catalogue.jsonl"));
        }
        Cli.Outcome made = cli.run("tenant", "create", acme + "-2");
        Cli other = cli.with("APG_TOKEN", made.out().strip());
        assertThat(other.run("import", "catalogue.jsonl").code()).isEqualTo(ExitCode.OK);
        assertThat(other.run("show", "exported-cart@1.0.0").code()).isEqualTo(ExitCode.OK);
    }
}
