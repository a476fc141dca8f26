package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.Table;
import dev.apg.contract.Page;
import dev.apg.contract.team.Membership;
import dev.apg.contract.team.NewTeam;
import dev.apg.contract.team.TeamChange;
import dev.apg.contract.team.TeamDetail;
import dev.apg.contract.team.TeamMember;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Makes, shows, names and deletes teams; says who belongs to them. */
@Command(
        name = "team",
        mixinStandardHelpOptions = true,
        description = "Make, show and delete teams; say who belongs to them.",
        footer = {
            "",
            "Examples:",
            "  apg team create payments-core --name Payments",
            "  apg team add payments-core me --maintainer"
        })
public final class TeamCommand {
    private static final String PATH = "/api/v1/teams";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List teams by code.",
            footer = {"", "Examples:", "  apg team list --limit 100"})
    int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
        JsonNode answer = server.client().get(PATH + ApgClient.query(page.parameters()));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<TeamDetail> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("CODE", "NAME", "MEMBERS", "MADE");
        list.items().forEach(team -> table.row(team.code(), team.displayName(), team.members(), team.createdAt()));
        page.print(server, table, list, "There is no team.");
        return ExitCode.OK.code();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show who belongs to a team.",
            footer = {"", "Examples:", "  apg team show payments-core"})
    int show(@Mixin ServerOptions server, @Parameters(paramLabel = "TEAM") String code, @Mixin PageOptions page) {
        JsonNode answer = server.client().get(path(code) + "/members" + ApgClient.query(page.parameters()));
        if (server.json) {
            server.printJson(answer);
            return ExitCode.OK.code();
        }
        Page<TeamMember> list = ApgClient.read(answer, new TypeReference<>() {});
        var table = new Table("MEMBER", "NAME", "MAINTAINER");
        list.items()
                .forEach(member -> table.row(
                        member.member(),
                        member.name() == null ? "(gone)" : member.name(),
                        member.maintainer() ? "yes" : ""));
        page.print(server, table, list, "Nobody belongs to it.");
        return ExitCode.OK.code();
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Make a team.",
            footer = {"", "Examples:", "  apg team create payments-core --name Payments"})
    int create(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "TEAM", description = "Its code; no other team has it.") String code,
            @Option(names = "--name", paramLabel = "TEXT", description = "Name for people (default: the code).")
                    @Nullable
                    String name) {
        JsonNode answer = server.client().post(PATH, new NewTeam(code, name));
        server.print(answer, TeamDetail.class, made -> server.out().printf("Made the team %s.%n", made.code()));
        return ExitCode.OK.code();
    }

    @Command(
            name = "rename",
            mixinStandardHelpOptions = true,
            description = "Change how people know a team; its code stays.",
            footer = {"", "Examples:", "  apg team rename payments-core 'Payments and refunds'"})
    int rename(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "TEAM") String code,
            @Parameters(paramLabel = "NAME") String name) {
        ApgClient client = server.client();
        HttpRequest.Builder request = client.withJson(path(code), "PATCH", new TeamChange(name))
                .header("If-Match", client.entityTag(path(code)));
        JsonNode answer = ApgClient.json(client.send(request).body());
        server.print(
                answer,
                TeamDetail.class,
                team -> server.out().printf("The team %s is called %s.%n", team.code(), team.displayName()));
        return ExitCode.OK.code();
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Delete a team; what it owns only administrators can give to somebody else then.",
            footer = {"", "Examples:", "  apg team delete payments-core"})
    int delete(@Mixin ServerOptions server, @Parameters(paramLabel = "TEAM") String code) {
        delete(server, path(code), "Deleted the team %s.%n".formatted(code));
        return ExitCode.OK.code();
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Add somebody to a team, or change whether they maintain it.",
            footer = {
                "",
                "Examples:",
                "  apg team add payments-core ada@example.com",
                "  apg team add payments-core client:0197c2f4-0000-7000-8000-000000000000"
            })
    int add(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "TEAM") String code,
            @Parameters(paramLabel = "MEMBER", description = Somebody.MEMBER) String member,
            @Option(names = "--maintainer", description = "They may add and remove others.") boolean maintainer) {
        ApgClient client = server.client();
        HttpRequest.Builder request = client.withJson(member(client, code, member), "PUT", new Membership(maintainer));
        JsonNode answer = ApgClient.json(client.send(request).body());
        server.print(
                answer,
                TeamMember.class,
                added -> server.out()
                        .printf(
                                "%s belongs to %s%s.%n",
                                added.name(), code, added.maintainer() ? " and maintains it" : ""));
        return ExitCode.OK.code();
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Take somebody out of a team.",
            footer = {"", "Examples:", "  apg team remove payments-core token:0197c2f4-0000-7000-8000-000000000000"})
    int remove(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "TEAM") String code,
            @Parameters(paramLabel = "MEMBER", description = Somebody.MEMBER) String member) {
        delete(server, member(server.client(), code, member), "%s does not belong to %s.%n".formatted(member, code));
        return ExitCode.OK.code();
    }

    private static void delete(ServerOptions server, String path, String done) {
        ApgClient client = server.client();
        client.send(client.request(path).DELETE());
        if (!server.json) {
            server.out().print(done);
            server.out().flush();
        }
    }

    private static String path(String code) {
        return PATH + "/" + ApgClient.segment(code);
    }

    private static String member(ApgClient client, String code, String member) {
        return path(code) + "/members/" + ApgClient.segment(Somebody.named(client, member));
    }
}
