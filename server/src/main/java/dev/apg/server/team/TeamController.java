package dev.apg.server.team;

import dev.apg.contract.Page;
import dev.apg.contract.team.Membership;
import dev.apg.contract.team.NewTeam;
import dev.apg.contract.team.TeamChange;
import dev.apg.contract.team.TeamDetail;
import dev.apg.contract.team.TeamMember;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/teams")
class TeamController {
    private static final String LIST = "teams";
    private static final String MEMBER = "such as client:0197c2f4-0000-7000-8000-000000000000, or me";

    private final Teams teams;

    TeamController(Teams teams) {
        this.teams = teams;
    }

    @GetMapping
    @Operation(summary = "List the tenant's teams by code")
    Page<TeamDetail> listTeams(TenantContext context, Paging paging) {
        Teams.TeamList list = teams.list(context, paging.after(LIST, List::getFirst), paging.fetch());
        return paging.page(LIST, list.teams(), team -> List.of(team.code()), TeamRow::detail, list.count());
    }

    @AnswersEntityTag
    @GetMapping("/{code}")
    @Operation(summary = "Show a team")
    ResponseEntity<TeamDetail> showTeam(TenantContext context, @PathVariable String code) {
        TeamRow team = teams.find(context, code);
        return ResponseEntity.ok().eTag(EntityTags.of(team.edition())).body(team.detail());
    }

    @AnswersEntityTag
    @PostMapping
    @Operation(summary = "Make a team")
    @ApiResponse(responseCode = "201", description = "Made")
    ResponseEntity<TeamDetail> createTeam(TenantContext context, @Valid @RequestBody NewTeam team) {
        return answer(ResponseEntity.created(URI.create("/api/v1/teams/" + team.code())), teams.create(context, team));
    }

    @AnswersEntityTag
    @PatchMapping("/{code}")
    @Operation(summary = "Change how people know a team")
    ResponseEntity<TeamDetail> describeTeam(
            TenantContext context, @PathVariable String code, IfMatch ifMatch, @Valid @RequestBody TeamChange change) {
        return answer(ResponseEntity.ok(), teams.describe(context, code, ifMatch, change.displayName()));
    }

    @DeleteMapping("/{code}")
    @Operation(
            summary = "Delete a team",
            description = "What it owns stays guarded: only administrators can give it to somebody else.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> deleteTeam(TenantContext context, @PathVariable String code) {
        return nothing(teams.delete(context, code));
    }

    @GetMapping("/{code}/members")
    @Operation(summary = "List the members of a team", description = "Also those that are gone, without a name.")
    Page<TeamMember> listTeamMembers(TenantContext context, @PathVariable String code, Paging paging) {
        String scope = "team members " + code;
        Optional<UUID> after = paging.after(scope, key -> UUID.fromString(key.getFirst()));
        Teams.MemberList list = teams.members(context, code, after, paging.fetch());
        return paging.page(
                scope,
                list.members(),
                member -> List.of(member.member().substring(member.member().indexOf(':') + 1)),
                member -> member,
                list.count());
    }

    @PutMapping("/{code}/members/{member}")
    @Operation(
            summary = "Add somebody to a team",
            description = "Or say whether they maintain it. Whoever administers teams may, and its maintainers. The"
                    + " member has what the team has at once, on every node.")
    ResponseEntity<TeamMember> addTeamMember(
            TenantContext context,
            @PathVariable String code,
            @Parameter(description = MEMBER) @PathVariable String member,
            @Valid @RequestBody Membership membership) {
        Written<TeamMember> written =
                teams.put(context, code, Member.named(context.actor(), member), membership.maintainer());
        return ResponseEntity.ok().headers(CursorHeader.at(written.cursor())).body(written.value());
    }

    @DeleteMapping("/{code}/members/{member}")
    @Operation(
            summary = "Take somebody out of a team",
            description = "They have nothing of it any more, at once and on every node.")
    @ApiResponse(responseCode = "204", description = "Taken out")
    ResponseEntity<Void> removeTeamMember(
            TenantContext context,
            @PathVariable String code,
            @Parameter(description = MEMBER) @PathVariable String member) {
        return nothing(teams.remove(context, code, Member.named(context.actor(), member)));
    }

    private static ResponseEntity<TeamDetail> answer(ResponseEntity.BodyBuilder answer, Written<TeamRow> written) {
        return answer.headers(CursorHeader.at(written.cursor()))
                .eTag(EntityTags.of(written.value().edition()))
                .body(written.value().detail());
    }

    private static ResponseEntity<Void> nothing(Written<?> written) {
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }
}
