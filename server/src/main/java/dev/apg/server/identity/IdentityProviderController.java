package dev.apg.server.identity;

import dev.apg.contract.Page;
import dev.apg.contract.identity.IdentityProvider;
import dev.apg.contract.identity.IdentityProviderChange;
import dev.apg.contract.identity.NewIdentityProvider;
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
@RequestMapping("/api/v1/identity-providers")
class IdentityProviderController {
    private static final String LIST = "identity providers";

    private final IdentityProviders providers;
    private final SignOnAddresses addresses;

    IdentityProviderController(IdentityProviders providers, SignOnAddresses addresses) {
        this.providers = providers;
        this.addresses = addresses;
    }

    @GetMapping
    @Operation(summary = "List the tenant's identity providers", description = "By code.")
    Page<IdentityProvider> listIdentityProviders(TenantContext context, Paging paging) {
        IdentityProviders.ProviderList list = providers.list(context);
        String after = paging.after(LIST, List::getFirst).orElse("");
        List<ProviderRow> rows = list.providers().stream()
                .filter(provider -> provider.code().compareTo(after) > 0)
                .limit(paging.fetch())
                .toList();
        return paging.page(
                LIST,
                rows,
                provider -> List.of(provider.code()),
                provider -> addresses.wire(list.tenant(), provider),
                list.providers().size());
    }

    @AnswersEntityTag
    @GetMapping("/{code}")
    @Operation(summary = "Show an identity provider", description = "Without its client secret.")
    ResponseEntity<IdentityProvider> showIdentityProvider(TenantContext context, @PathVariable String code) {
        IdentityProviders.Shown shown = providers.find(context, code);
        return ResponseEntity.ok()
                .eTag(EntityTags.of(shown.provider().edition()))
                .body(addresses.wire(shown.tenant(), shown.provider()));
    }

    @AnswersEntityTag
    @PostMapping
    @Operation(
            summary = "Let people come in by an identity provider",
            description =
                    "OpenID Connect. The discovery document of the issuer is fetched before anything is kept. `redirect_uri` of the answer"
                            + " is to be registered at the provider. Nobody can give roles that may do more than they.")
    @ApiResponse(responseCode = "201", description = "Made")
    ResponseEntity<IdentityProvider> createIdentityProvider(
            TenantContext context, @Valid @RequestBody NewIdentityProvider provider) {
        return answer(
                ResponseEntity.created(URI.create("/api/v1/identity-providers/" + provider.code())),
                providers.create(context, provider));
    }

    @AnswersEntityTag
    @PatchMapping("/{code}")
    @Operation(
            summary = "Change an identity provider",
            description =
                    "All but its code and its issuer. It holds from the next login on; of one that is disabled the sessions end at once.")
    ResponseEntity<IdentityProvider> changeIdentityProvider(
            TenantContext context,
            @PathVariable String code,
            IfMatch ifMatch,
            @Valid @RequestBody IdentityProviderChange change) {
        return answer(ResponseEntity.ok(), providers.change(context, code, ifMatch, change));
    }

    @DeleteMapping("/{code}")
    @Operation(
            summary = "Delete an identity provider",
            description = "The sessions that it began end at once. Accounts stay, and nobody comes in to them by it.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> deleteIdentityProvider(TenantContext context, @PathVariable String code) {
        Written<String> written = providers.delete(context, code);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    private ResponseEntity<IdentityProvider> answer(
            ResponseEntity.BodyBuilder answer, Written<IdentityProviders.Shown> written) {
        IdentityProviders.Shown shown = written.value();
        return answer.headers(CursorHeader.at(written.cursor()))
                .eTag(EntityTags.of(shown.provider().edition()))
                .body(addresses.wire(shown.tenant(), shown.provider()));
    }
}
