package dev.apg.server.role;

import dev.apg.contract.Page;
import dev.apg.contract.account.NewRole;
import dev.apg.contract.account.RoleChange;
import dev.apg.contract.account.RoleDetail;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/roles")
class RoleController {
    private static final String LIST = "roles";

    private final Roles roles;

    RoleController(Roles roles) {
        this.roles = roles;
    }

    @GetMapping
    @Operation(
            summary = "List the tenant's roles",
            description = "Those that every tenant has, and then its own by code.")
    Page<RoleDetail> listRoles(TenantContext context, Paging paging) {
        List<RoleDetail> all = roles.list(context);
        String after = paging.after(LIST, List::getFirst).orElse("");
        List<RoleDetail> rows = all.stream()
                .filter(role -> after.isEmpty() || isBehind(all, role, after))
                .limit(paging.fetch())
                .toList();
        return paging.page(LIST, rows, role -> List.of(role.code()), role -> role, all.size());
    }

    /** In the order of the list, also if the role that the last page ended with is gone. */
    private static boolean isBehind(List<RoleDetail> all, RoleDetail role, String after) {
        int end = all.stream().map(RoleDetail::code).toList().indexOf(after);
        return end < 0 ? !role.builtIn() && role.code().compareTo(after) > 0 : all.indexOf(role) > end;
    }

    @AnswersEntityTag
    @GetMapping("/{code}")
    @Operation(summary = "Show a role", description = "What whoever has it may do.")
    ResponseEntity<RoleDetail> showRole(TenantContext context, @PathVariable String code) {
        Roles.Shown shown = roles.find(context, code);
        return ResponseEntity.ok().eTag(EntityTags.of(shown.edition())).body(shown.detail());
    }

    @AnswersEntityTag
    @PostMapping
    @Operation(
            summary = "Make a role",
            description =
                    "For people, tokens and clients of the tenant. Nobody can give it permissions that they do not have"
                            + " themselves.")
    @ApiResponse(responseCode = "201", description = "Made")
    ResponseEntity<RoleDetail> createRole(TenantContext context, @Valid @RequestBody NewRole role) {
        Written<Roles.Shown> written = roles.create(context, role);
        return answer(ResponseEntity.created(URI.create("/api/v1/roles/" + role.code())), written);
    }

    @AnswersEntityTag
    @PatchMapping("/{code}")
    @Operation(
            summary = "Change a role",
            description = "At once, on every node, for all who have it. Roles that every tenant has cannot be changed.")
    ResponseEntity<RoleDetail> changeRole(
            TenantContext context, @PathVariable String code, IfMatch ifMatch, @Valid @RequestBody RoleChange change) {
        return answer(ResponseEntity.ok(), roles.change(context, code, ifMatch, change));
    }

    @DeleteMapping("/{code}")
    @Operation(summary = "Delete a role", description = "One that nobody has.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> deleteRole(TenantContext context, @PathVariable String code) {
        Written<String> written = roles.delete(context, code);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    private static ResponseEntity<RoleDetail> answer(ResponseEntity.BodyBuilder answer, Written<Roles.Shown> written) {
        return answer.headers(CursorHeader.at(written.cursor()))
                .eTag(EntityTags.of(written.value().edition()))
                .body(written.value().detail());
    }
}
