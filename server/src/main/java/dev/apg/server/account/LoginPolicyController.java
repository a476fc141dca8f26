package dev.apg.server.account;

import dev.apg.contract.account.LoginPolicy;
import dev.apg.contract.account.LoginPolicyChange;
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
@RequestMapping("/api/v1/login-policy")
class LoginPolicyController {
    private final LoginPolicies policies;

    LoginPolicyController(LoginPolicies policies) {
        this.policies = policies;
    }

    @AnswersEntityTag
    @GetMapping
    @Operation(summary = "Show how people come in to the tenant")
    ResponseEntity<LoginPolicy> showLoginPolicy(TenantContext context) {
        LoginPolicy policy = policies.show(context);
        return ResponseEntity.ok().eTag(EntityTags.of(policy.edition())).body(policy);
    }

    @AnswersEntityTag
    @PutMapping
    @Operation(
            summary = "Say how people come in to the tenant",
            description =
                    "Of whom a second factor is demanded: whoever has none enrols at their next login. By default it is demanded of"
                            + " administrators in production, and of nobody elsewhere. And who may come in with a password: where only"
                            + " administrators may, everybody else comes in by an identity provider.")
    ResponseEntity<LoginPolicy> changeLoginPolicy(
            TenantContext context, IfMatch ifMatch, @Valid @RequestBody LoginPolicyChange change) {
        Written<LoginPolicy> written = policies.change(context, ifMatch, change);
        return ResponseEntity.ok()
                .headers(CursorHeader.at(written.cursor()))
                .header(HttpHeaders.ETAG, EntityTags.of(written.value().edition()))
                .body(written.value());
    }
}
