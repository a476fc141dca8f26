package dev.apg.server.setting;

import dev.apg.contract.tenant.TenantSettings;
import dev.apg.contract.tenant.TenantSettingsChange;
import dev.apg.server.event.Written;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.AnswersEntityTag;
import dev.apg.server.web.CursorHeader;
import dev.apg.server.web.EntityTags;
import dev.apg.server.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tenant/settings")
class TenantSettingsController {
    private final TenantSettingsService settings;

    TenantSettingsController(TenantSettingsService settings) {
        this.settings = settings;
    }

    @AnswersEntityTag
    @GetMapping
    @Operation(summary = "Show how the tenant works", description = "What it has said, and what holds.")
    ResponseEntity<TenantSettings> showTenantSettings(TenantContext context) {
        TenantSettings found = settings.show(context);
        return ResponseEntity.ok().eTag(EntityTags.of(found.edition())).body(found);
    }

    @AnswersEntityTag
    @PutMapping
    @Operation(
            summary = "Say how the tenant works",
            description = "All settings at once: one that is left out is as the installation has it.")
    ResponseEntity<TenantSettings> changeTenantSettings(
            TenantContext context, IfMatch ifMatch, @Valid @RequestBody TenantSettingsChange change) {
        Written<TenantSettings> written = settings.change(context, ifMatch, change);
        return ResponseEntity.ok()
                .headers(CursorHeader.at(written.cursor()))
                .header(HttpHeaders.ETAG, EntityTags.of(written.value().edition()))
                .body(written.value());
    }
}
