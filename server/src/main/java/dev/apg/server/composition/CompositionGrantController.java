package dev.apg.server.composition;

import dev.apg.contract.capability.OwnerChange;
import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.DescribeComposition;
import dev.apg.contract.team.GrantChange;
import dev.apg.contract.team.GrantList;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.Valid;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who may read and change a composition. */
@RestController
@RequestMapping("/api/v1/compositions/{code}")
class CompositionGrantController {
    private final CompositionGrantService grants;
    private final CompositionService compositions;

    CompositionGrantController(CompositionGrantService grants, CompositionService compositions) {
        this.grants = grants;
        this.compositions = compositions;
    }

    @AnswersEntityTag
    @PutMapping("/owner")
    @Operation(
            operationId = "transferComposition",
            summary = "Hand a composition over to another owner",
            description =
                    "`owned_by`, such as `team:storefront`, gives it to a team or a member: from then on only they, and whom they give"
                            + " a grant, read and change it. `owner` is a text that says whom to ask, for a composition that nobody owns.")
    ResponseEntity<CompositionDetail> transfer(
            TenantContext context, @PathVariable String code, IfMatch ifMatch, @Valid @RequestBody OwnerChange change) {
        String text = change.owner();
        String ownedBy = change.ownedBy();
        if ((text == null) == (ownedBy == null)) {
            throw Rejection.invalid("owner.one", "owner", text, "either owner or owned_by");
        }
        Written<CompositionRow> written = text != null
                ? compositions.describe(context, code, ifMatch, new DescribeComposition(null, null, null, text))
                : grants.transfer(context, code, ifMatch, Objects.requireNonNull(ownedBy));
        return ResponseEntity.ok()
                .headers(CursorHeader.at(written.cursor()))
                .eTag(EntityTags.of(written.value().edition()))
                .body(written.value().detail());
    }

    @GetMapping("/grants")
    @Operation(
            operationId = "listCompositionGrants",
            summary = "Say who owns a composition, and who else may read and change it",
            description = "Owners first; at most 100.")
    GrantList list(TenantContext context, @PathVariable String code) {
        return grants.list(context, code);
    }

    @PutMapping("/grants/{grantee}")
    @Operation(
            operationId = "shareComposition",
            summary = "Let somebody else read or change a composition",
            description =
                    "`read`, `edit`, or `own` beside those who do. By its owners, and those who administer compositions.")
    ResponseEntity<GrantList> share(
            TenantContext context,
            @PathVariable String code,
            @Parameter(description = "team:CODE, token:ID, client:ID, pipeline:ID, account:ID or me") @PathVariable
                    String grantee,
            @Valid @RequestBody GrantChange change) {
        return answer(grants.give(context, code, grantee, change.level()));
    }

    @DeleteMapping("/grants/{grantee}")
    @Operation(
            operationId = "unshareComposition",
            summary = "Take a grant on a composition away",
            description = "Not that of its last owner.")
    ResponseEntity<GrantList> unshare(
            TenantContext context,
            @PathVariable String code,
            @Parameter(description = "as the list gives it") @PathVariable String grantee) {
        return answer(grants.take(context, code, grantee));
    }

    @DeleteMapping("/grants")
    @Operation(
            operationId = "openComposition",
            summary = "Let everybody read and change a composition whose role permits it",
            description = "Takes all grants away.")
    ResponseEntity<GrantList> open(TenantContext context, @PathVariable String code) {
        return answer(grants.open(context, code));
    }

    private static ResponseEntity<GrantList> answer(Written<GrantList> written) {
        return ResponseEntity.ok().headers(CursorHeader.at(written.cursor())).body(written.value());
    }
}
