package dev.apg.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apg.cli.ExitCode;
import dev.apg.cli.testing.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeCommandTests {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.onSharedServer(directory);
    }

    @Test
    void an_empty_composition_is_created_listed_shown_and_deleted() {
        Cli.Outcome created = cli.run("compose", "create", "emptiness", "--type", "departmental", "--owner", "us");
        assertThat(created.out())
                .isEqualTo(
                        "Created emptiness (departmental).\nName capabilities with `apg compose add emptiness CAPABILITY`"
                                + " and services with `apg compose require emptiness SERVICE`; `apg search` finds their codes.\n");

        assertThat(cli.run("compose", "list", "--owner", "us", "--prefix", "emptiness")
                        .out())
                .contains("COMPOSITION", "emptiness", "1 of 1.");
        Cli.Outcome shown = cli.run("compose", "show", "emptiness");
        assertThat(shown.out()).contains("never frozen", "number 0", "format: apg.composition/1");
        assertThat(cli.run("compose", "show", "emptiness", "--json")
                        .json()
                        .path("composition")
                        .path("owner")
                        .asString())
                .isEqualTo("us");

        assertThat(cli.run("compose", "delete", "emptiness").code()).isEqualTo(ExitCode.OK);
        assertThat(cli.run("compose", "show", "emptiness").code()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void a_code_that_is_taken_is_a_conflict_unless_that_is_fine() {
        cli.run("compose", "create", "taken");

        assertThat(cli.run("compose", "create", "taken").code()).isEqualTo(ExitCode.CONFLICT);
        Cli.Outcome again = cli.run("compose", "create", "taken", "--if-absent");
        assertThat(again.code()).isEqualTo(ExitCode.OK);
        assertThat(again.out()).contains("taken exists already");
    }

    @Test
    void the_operations_of_a_draft_are_listed_as_commands() {
        cli.run("compose", "create", "storied");
        cli.run("compose", "set-policy", "storied", "--objective", "minimal_change");
        cli.run("compose", "set-policy", "storied", "--prereleases");

        assertThat(cli.run("compose", "operations", "storied").out())
                .contains("apg compose set-policy storied --objective minimal_change", "The draft is number 2.");
        assertThat(cli.run("compose", "operations", "storied", "--limit", "1").out())
                .endsWith("\nMore: apg compose operations storied --limit 1 --after 1\n");
        assertThat(cli.run("compose", "operations", "storied", "--limit", "0").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void objectives_are_minimised_in_the_given_order_and_the_sums_are_told() throws IOException {
        Files.writeString(
                directory.resolve("priced.yaml"),
                "format: apg.version/1\ncapability: priced\nversion: 1.0.0\ncost: 7\n");
        cli.run("publish", "priced.yaml");
        cli.run("compose", "create", "thrifty");
        cli.run("compose", "add", "thrifty", "priced");

        cli.run("compose", "set-policy", "thrifty", "--objective", "fewest,cheapest");

        assertThat(cli.run("compose", "operations", "thrifty").out())
                .contains("apg compose set-policy thrifty --objective fewest,cheapest");
        assertThat(cli.run("resolve", "thrifty").out()).contains("""
                        1 version is chosen.

                        Minimised:
                          fewest: 1, optimal
                          cheapest: 7, optimal
                        """);
        Cli.Outcome repeated = cli.run("compose", "set-policy", "thrifty", "--objective", "fewest,fewest");
        assertThat(repeated.code()).isNotEqualTo(ExitCode.OK);
        assertThat(repeated.err()).contains("each objective once");
    }

    @Test
    void a_range_that_no_version_is_in_is_taken_with_a_warning() throws IOException {
        Files.writeString(
                directory.resolve("published.yaml"),
                "format: apg.version/1\ncapability: ranged\nversion: 1.2.0\nprovides: [{service: ranges, version: 3.0.0}]\n");
        cli.run("publish", "published.yaml");
        cli.run("compose", "create", "ranging");

        Cli.Outcome added = cli.run("compose", "add", "ranging", "ranged", "^99");
        assertThat(added.code()).isEqualTo(ExitCode.OK);
        assertThat(added.err())
                .isEqualTo("warning: no version of the capability ranged is in ^99 yet; the newest is 1.2.0\n");
        assertThat(cli.run("compose", "require", "ranging", "ranges", "^1").err())
                .isEqualTo("warning: no version of the service ranges is in ^1 yet; the newest is 3.0.0\n");
        assertThat(cli.run("compose", "set-range", "ranging", "ranged", "^1.0.0")
                        .err())
                .isEmpty();
        assertThat(cli.run("compose", "exclude", "ranging", "ranged", "<1", "--json")
                        .json()
                        .at("/warnings/0/field")
                        .asString())
                .isEqualTo("operations[0].range");
    }

    @Test
    void a_command_for_the_other_case_is_named_where_a_capability_is_a_member_or_is_none() throws IOException {
        Files.writeString(
                directory.resolve("published.yaml"), "format: apg.version/1\ncapability: joined\nversion: 1.2.0\n");
        cli.run("publish", "published.yaml");
        cli.run("compose", "create", "joining");

        Cli.Outcome absent = cli.run("compose", "set-range", "joining", "joined", "^1.0.0");
        assertThat(absent.code()).isEqualTo(ExitCode.INVALID);
        assertThat(absent.err())
                .isEqualTo("apg: capability: joined (expected: a member of the draft)\n"
                        + "apg: `apg compose add joining joined --range '^1.0.0'` names it in the draft.\n");
        assertThat(cli.run("compose", "remove", "joining", "joined").err())
                .contains("`apg compose exclude joining joined`");

        cli.run("compose", "add", "joining", "joined");
        assertThat(cli.run("compose", "add", "joining", "joined", "^1.0.0").err())
                .endsWith(
                        "apg: `apg compose set-range joining joined '^1.0.0'` changes which versions of it will do.\n")
                .doesNotContain("set_range", "set_configuration");
        assertThat(cli.run("compose", "add", "joining", "joined").err())
                .contains(
                        "`apg compose set-range joining joined RANGE` changes which versions of it will do, with a range such as ^1.2.0 in place of RANGE.");
    }

    @Test
    void a_service_that_is_taken_for_a_capability_leads_to_the_command_for_services_and_back() throws IOException {
        Files.writeString(
                directory.resolve("published.yaml"),
                "format: apg.version/1\ncapability: kind-store\nversion: 1.2.0\nprovides: [{service: kind, version: 1.0.0}]\n");
        cli.run("publish", "published.yaml");
        cli.run("compose", "create", "kinds");

        Cli.Outcome added = cli.run("compose", "add", "kinds", "kind", "^1.0.0");
        assertThat(added.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(added.err())
                .endsWith(
                        "apg: It is the code of a service; for that: `apg compose require kinds kind --range '^1.0.0'`.\n");
        assertThat(cli.run("compose", "remove", "kinds", "kind").err()).contains("`apg compose drop kinds kind`");
        assertThat(cli.run("compose", "require", "kinds", "kind-store").err())
                .contains("It is the code of a capability; for that: `apg compose add kinds kind-store`.");
        assertThat(cli.run("compose", "drop", "kinds", "kind-store").err())
                .contains("`apg compose remove kinds kind-store`");
        assertThat(cli.run("show", "kind").out()).contains("`apg compose require COMPOSITION kind` asks for it.");
    }

    @Test
    void what_is_empty_is_said_in_a_sentence() {
        assertThat(cli.run("compose", "list", "--prefix", "no-such-code").out())
                .isEqualTo("There is no such composition.\n");
        cli.run("compose", "create", "void");
        assertThat(cli.run("compose", "operations", "void").out())
                .isEqualTo("No operation yet; the draft is number 0.\n");
        assertThat(cli.run("resolve", "void").out()).startsWith("Nothing is asked for");
        assertThat(cli.run("search", "qzzzxy").out()).isEqualTo("No capability matches qzzzxy.\n");
        assertThat(cli.run("search", "qzzzxy", "--category", "none").out())
                .isEqualTo("No capability matches qzzzxy within these filters.\n");
    }

    @Test
    void a_code_with_a_slip_is_guessed() throws IOException {
        cli.run("compose", "create", "guessable");
        Files.writeString(
                directory.resolve("published.yaml"),
                "format: apg.version/1\ncapability: guesses/lantern-oil\nversion: 1.0.0\n");
        cli.run("publish", "published.yaml");

        assertThat(cli.run("compose", "show", "guesable").err()).contains("did you mean guessable?");
        assertThat(cli.run("show", "lantern-oil").err()).contains("did you mean guesses/lantern-oil?");
        assertThat(cli.run("compose", "show", "nothing-like-it").err()).doesNotContain("did you mean");
    }

    @Test
    void what_does_not_exist_ends_alike_whichever_command_names_it() throws IOException {
        Files.writeString(
                directory.resolve("published.yaml"), "format: apg.version/1\ncapability: existing\nversion: 1.2.0\n");
        cli.run("publish", "published.yaml");
        cli.run("compose", "create", "naming");

        for (String line : new String[] {
            "why naming nosuch",
            "compose add naming nosuch",
            "compose require naming nosuch",
            "show nosuch",
            "compose pin naming existing@9.9.9",
            "show existing@9.9.9",
            "resolve naming --update nosuch",
            "state existing@9.9.9 published"
        }) {
            assertThat(cli.run(line.split(" ")).code()).as(line).isEqualTo(ExitCode.NOT_FOUND);
        }
        for (String line : new String[] {
            "compose pin naming existing@1.2",
            "show existing@1.2",
            "why naming existing@1.2",
            "state existing@1.2 published"
        }) {
            Cli.Outcome malformed = cli.run(line.split(" "));
            assertThat(malformed.code()).as(line).isEqualTo(ExitCode.USAGE);
            assertThat(malformed.err()).startsWith("apg: existing@1.2 (expected: ");
        }
    }

    @Test
    void the_ranges_that_are_excluded_are_named_where_another_one_is_to_be_included() throws IOException {
        Files.writeString(
                directory.resolve("published.yaml"), "format: apg.version/1\ncapability: kept-out\nversion: 1.2.0\n");
        cli.run("publish", "published.yaml");
        cli.run("compose", "create", "excluding");
        cli.run("compose", "exclude", "excluding", "kept-out", "<1.1");

        Cli.Outcome refused = cli.run("compose", "include", "excluding", "kept-out");

        assertThat(refused.code()).isEqualTo(ExitCode.INVALID);
        assertThat(refused.err()).contains("the range * in the draft, which excludes it with <1.1)");
        assertThat(cli.run("compose", "include", "excluding", "kept-out", "<1.1")
                        .code())
                .isEqualTo(ExitCode.OK);
        assertThat(cli.run("compose", "include", "excluding", "kept-out").err()).doesNotContain("which excludes");
    }

    @Test
    void an_operation_that_cannot_apply_names_the_field_and_what_was_expected() {
        cli.run("compose", "create", "picky");

        Cli.Outcome unknown = cli.run("compose", "add", "picky", "nobody-published-this");
        assertThat(unknown.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(unknown.err()).startsWith("apg: capability: nobody-published-this (expected: ");
        Cli.Outcome json = cli.run("compose", "add", "picky", "nobody-published-this", "--json");
        assertThat(json.json().path("code").asString()).isEqualTo("capability.unknown");
        assertThat(json.json().at("/errors/0/field").asString()).isEqualTo("operations[0].capability");

        assertThat(cli.run("compose", "configure", "picky", "x", "{oops").err())
                .startsWith("apg: JSON: {oops (expected: a JSON object");
        assertThat(cli.run("compose", "configure", "picky", "x").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("compose", "pin", "picky", "x").err()).contains("expected: CAPABILITY@VERSION");
        assertThat(cli.run("compose", "unpin", "nowhere", "x").code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.run("compose", "create").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("compose", "create", "x", "--type", "cathedral").code())
                .isEqualTo(ExitCode.USAGE);
    }
}
