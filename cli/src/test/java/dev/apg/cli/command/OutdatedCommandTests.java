package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import dev.apg.cli.testing.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutdatedCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void newer_versions_are_listed_with_what_holds_them_back_and_the_pasted_plan_leads_to_them() throws IOException {
        publish("oak", "1.0.0");
        publish("elm", "1.0.0");
        publish("ash", "1.0.0");
        cli.run("compose", "create", "forest");
        cli.run("compose", "add", "forest", "oak", "^1.0.0");
        cli.run("compose", "add", "forest", "elm", "^1.0.0");
        cli.run("compose", "add", "forest", "ash");
        cli.run("freeze", "forest");
        publish("oak", "1.1.0");
        publish("elm", "2.0.0");

        Cli.Outcome listed = cli.run("outdated", "forest");

        assertThat(listed.code()).isEqualTo(ExitCode.OK);
        assertThat(listed.out()).isEqualTo("""
                CAPABILITY  CURRENT  WITHIN RANGES  WITH CHANGES  NEWEST  SIZE   WHAT TO KNOW
                elm         1.0.0    1.0.0          2.0.0         2.0.0   major  elm is not 2.0.0: the draft asks for elm ^1.0.0.
                oak         1.0.0    1.1.0                        1.1.0   minor  oak is not 1.1.0: the previous revision's version still holds and is kept.

                Of the 3 versions of forest@1: 1 up to date, 1 within the ranges of the draft, 1 with a change of a range or pin.
                The steps there: apg outdated forest --plan
                """);
        assertThat(cli.run("outdated", "forest", "--all").out())
                .contains("ash         1.0.0    1.0.0                        1.0.0\n");
        assertThat(cli.run("outdated", "forest", "--exit-code").code()).isEqualTo(ExitCode.OUTDATED);

        String plan = cli.run("outdated", "forest", "--plan").out();
        assertThat(plan).endsWith("""

                Steps, first away from deprecated versions, then the smallest risk first; each of them leads to a draft that has a solution:

                  1. Update oak within the ranges and pins of the draft. (minor)
                       oak would go up from 1.0.0 to 1.1.0: nothing but the lock is in the way of it.
                     apg resolve forest --update-all

                  2. Ask for elm ^2.0.0 instead of ^1.0.0. (major)
                       elm would go up from 1.0.0 to 2.0.0: the draft asks for ^2.0.0 instead of ^1.0.0.
                     apg compose set-range forest elm '^2.0.0'
                     apg resolve forest --update-all

                To keep what a step leads to, freeze with the options of its `apg resolve`. After the last: apg freeze forest --update-all
                """);
        List<String> commands = plan.lines()
                .map(line -> line.replaceFirst("^.*: (?=apg freeze)", "").strip())
                .filter(line -> line.startsWith("apg "))
                .toList();
        assertThat(commands).hasSize(4);
        for (String command : commands) {
            assertThat(cli.run(Words.ofCommand(command)).code()).as(command).isEqualTo(ExitCode.OK);
        }
        Cli.Outcome done = cli.run("outdated", "forest", "--plan", "--exit-code");
        assertThat(done.code()).isEqualTo(ExitCode.OK);
        assertThat(done.out()).isEqualTo("Of the 3 versions of forest@2: 3 up to date.\n");
    }

    @Test
    void the_summary_counts_what_can_be_updated_now_although_the_newest_version_is_out_of_its_range()
            throws IOException {
        publish("larch", "1.0.0");
        cli.run("compose", "create", "taiga");
        cli.run("compose", "add", "taiga", "larch", "^1.0.0");
        cli.run("freeze", "taiga");
        publish("larch", "1.1.0");
        publish("larch", "2.0.0");

        assertThat(cli.run("outdated", "taiga").out())
                .contains(
                        "Of the 1 versions of taiga@1: 1 with a change of a range or pin; 1 of these has a newer version"
                                + " within the ranges, too.\n");
    }

    @Test
    void a_draft_that_was_never_frozen_is_looked_at_itself_and_one_without_a_solution_is_explained()
            throws IOException {
        publish("fir", "1.0.0");
        publish("fir", "2.0.0");
        cli.run("compose", "create", "grove");
        assertThat(cli.run("outdated", "grove").out())
                .isEqualTo("Nothing is chosen in what the draft of grove resolves to.\n");
        cli.run("compose", "add", "grove", "fir", "^1.0.0");

        assertThat(cli.run("outdated", "grove").out())
                .contains(
                        "fir         1.0.0    1.0.0          2.0.0         2.0.0   major",
                        "what the draft of grove resolves to");
        assertThat(cli.run("outdated", "grove", "--json").json().has("revision"))
                .isFalse();
        cli.run("compose", "exclude", "grove", "fir");
        Cli.Outcome unsolvable = cli.run("outdated", "grove");
        assertThat(unsolvable.code()).isEqualTo(ExitCode.UNSOLVABLE);
        assertThat(unsolvable.out()).contains("There is no set of versions that goes together.", "apg compose include");
        assertThat(cli.run("outdated", "grove", "--revision", "7").code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("outdated", "no-such-grove").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void what_the_draft_resolves_to_without_more_is_kept_without_an_update() throws IOException {
        publish("yew", "1.0.0");
        publish("yew", "1.1.0");
        publish("box", "1.0.0");
        cli.run("compose", "create", "copse");
        cli.run("compose", "add", "copse", "yew", "^1.0.0");
        cli.run("compose", "add", "copse", "box", "^1.0.0");
        cli.run("freeze", "copse");
        publish("box", "2.0.0");
        cli.run("state", "yew@1.1.0", "yanked", "--reason", "leaks");

        assertThat(cli.run("outdated", "copse", "--plan").out()).endsWith("""

                To keep what a step leads to, freeze with the options of its `apg resolve`. After the last: apg freeze copse --update-all
                """);
    }

    @Test
    void what_is_deprecated_is_listed_and_a_draft_that_cannot_be_resolved_again_still_tells_what_is_newer()
            throws IOException {
        publish("asp", "1.0.0");
        publish("hip", "1.0.0");
        cli.run("compose", "create", "hedge");
        cli.run("compose", "add", "hedge", "asp");
        cli.run("compose", "add", "hedge", "hip", "1.0.0");
        cli.run("freeze", "hedge");
        cli.run("state", "asp@1.0.0", "deprecated", "--reason", "use elder");

        Cli.Outcome deprecated = cli.run("outdated", "hedge", "--exit-code");
        assertThat(deprecated.out()).contains("1.0.0 (deprecated)", "1.0.0 is deprecated: use elder.");
        assertThat(deprecated.code()).isEqualTo(ExitCode.OK);

        publish("asp", "1.1.0");
        cli.run("state", "hip@1.0.0", "yanked", "--reason", "rotten");
        Cli.Outcome unsolvable = cli.run("outdated", "hedge");
        assertThat(unsolvable.code()).isEqualTo(ExitCode.UNSOLVABLE);
        assertThat(unsolvable.out())
                .containsPattern("asp +1\\.0\\.0 \\(deprecated\\) +1\\.1\\.0 +minor")
                .contains(
                        "hedge@1 stays as it is. Its draft cannot be resolved again, so nothing newer was checked.",
                        "rotten");
    }

    @Test
    void what_was_not_checked_is_never_taken_for_nothing_to_be_done() throws IOException {
        publish("may", "1.0.0");
        cli.run("compose", "create", "glade");
        cli.run("compose", "add", "glade", "may", "^1.0.0");
        cli.run("freeze", "glade");
        publish("may", "2.0.0");

        assertThat(cli.run("outdated", "glade", "--exit-code", "--steps", "1").code())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void what_other_programs_call_it_leads_here() {
        assertThat(cli.run("upgrade", "forest").err()).contains("Did you mean: apg outdated or apg resolve --update?");
        assertThat(cli.run("yank", "yew@1.1.0", "--reason", "leaks").err())
                .contains("Did you mean: apg state CAPABILITY@VERSION yanked --reason TEXT?");
        assertThat(cli.run("state", "--help").out()).contains("  apg impact redis-cart@7.4.1 --yank\n");
    }

    @Test
    void a_yanked_version_that_only_an_older_one_replaces_is_told_once_and_not_as_an_update() throws IOException {
        publish("gale", "1.0.0", "cost: 0");
        publish("gale", "2.0.0", "cost: 0");
        cli.run("compose", "create", "windy");
        cli.run("compose", "add", "windy", "gale");
        cli.run("freeze", "windy");
        cli.run("state", "gale@2.0.0", "yanked", "--reason", "blows");

        assertThat(cli.run("outdated", "windy").out())
                .contains(
                        "gale        2.0.0 (yanked)  1.0.0                        2.0.0 (yanked)        2.0.0 is yanked: blows."
                                + " The draft as it stands comes to 1.0.0.\n")
                .contains("Of the 1 versions of windy@1: 1 only in an older version within the ranges.");
    }

    @Test
    void what_only_the_policy_keeps_out_comes_with_the_pin_that_takes_it_and_no_step_leads_back() throws IOException {
        publish("bay", "1.0.0", "cost: 20");
        publish("bay", "1.1.0", "cost: 25");
        cli.run("compose", "create", "bower");
        cli.run("compose", "add", "bower", "bay");
        cli.run("compose", "pin", "bower", "bay@1.1.0");
        cli.run("compose", "set-policy", "bower", "--objective", "minimal_change,cheapest");
        cli.run("freeze", "bower");
        cli.run("compose", "unpin", "bower", "bay");
        publish("bay", "1.2.0", "cost: 30");

        Cli.Outcome listed = cli.run("outdated", "bower", "--plan", "--exit-code");

        assertThat(listed.code()).isEqualTo(ExitCode.OK);
        assertThat(listed.out()).isEqualTo("""
                CAPABILITY  CURRENT  WITHIN RANGES  WITH CHANGES  NEWEST  SIZE   WHAT TO KNOW
                bay         1.1.0    1.1.0                        1.2.0   minor  bay is not 1.2.0: the policy asks for the fewest changes, which would be 1 more with it. To take it all the same: apg compose pin bower bay@1.2.0

                Of the 1 versions of bower@1: 1 not preferred by the policy.

                No step, as it leads to older versions:
                  An update of everything would take bay 1.0.0, which is older than 1.1.0: the policy asks for the lowest cost before it asks for newer versions.
                """);
        cli.run("compose", "pin", "bower", "bay@1.2.0");
        assertThat(cli.run("resolve", "bower").out()).contains("bay         1.2.0");
    }

    private void publish(String capability, String version, String... fields) throws IOException {
        Files.writeString(
                directory.resolve("one.yaml"),
                "format: apg.version/1\ncapability: %s\nversion: %s\n%s\n"
                        .formatted(capability, version, String.join("\n", fields)));
        assertThat(cli.run("publish", "one.yaml").code()).isEqualTo(ExitCode.OK);
    }
}
