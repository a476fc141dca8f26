package dev.apg.server.secret;

import dev.apg.contract.secret.EncryptionKeyUses;
import dev.apg.server.tenancy.PlatformContext;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class EncryptionKeyController {
    private final KeyUses uses;

    EncryptionKeyController(KeyUses uses) {
        this.uses = uses;
    }

    @GetMapping("/encryption-keys")
    @Operation(
            summary = "Show what each key of ENCRYPTION_KEY still encrypts",
            description =
                    "Ids of keys, of which nothing follows about the keys, and numbers of secrets. An older key that is `unneeded` can"
                            + " be taken away when every node has a newer one in front. With the platform's key.")
    EncryptionKeyUses showEncryptionKeys(PlatformContext context) {
        return new EncryptionKeyUses(uses.list());
    }
}
