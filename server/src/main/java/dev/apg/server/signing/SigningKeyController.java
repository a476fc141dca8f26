package dev.apg.server.signing;

import dev.apg.contract.secret.KeyRetirement;
import dev.apg.contract.secret.SigningKeyDetail;
import dev.apg.contract.secret.SigningKeyList;
import dev.apg.server.tenancy.PlatformContext;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/signing-keys")
class SigningKeyController {
    private final SigningKeyService keys;

    SigningKeyController(SigningKeyService keys) {
        this.keys = keys;
    }

    @GetMapping
    @Operation(
            summary = "Show the state of each signing key",
            description = "Of those that were taken away the last hundred. With the platform's key.")
    SigningKeyList showSigningKeys(PlatformContext context) {
        return new SigningKeyList(keys.list());
    }

    @PostMapping("/{kid}/retire")
    @Operation(
            summary = "Take a signing key away",
            description =
                    "At once, and for ever: every node refuses what it has signed. Where it signed, a new one does. It is written into"
                            + " every tenant's audit log. With the platform's key.")
    SigningKeyDetail retireSigningKey(
            PlatformContext context, @PathVariable String kid, @Valid @RequestBody KeyRetirement retirement) {
        return keys.retire(context, kid, retirement.reason());
    }
}
