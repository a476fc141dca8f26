package dev.apg.server.signing;

import dev.apg.contract.account.AuthorizationServer;
import dev.apg.server.platform.config.AccessTokenSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Permission;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What others need to fetch access tokens here and to check them. */
@RestController
class KeySetController {
    /** Much shorter than the time for which a next key is published before it signs. */
    private static final CacheControl KEPT =
            CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

    private final SigningKeys keys;
    private final AccessTokenSettings settings;

    KeySetController(SigningKeys keys, Settings settings) {
        this.keys = keys;
        this.settings = settings.accessTokens();
    }

    @GetMapping("/api/auth/keys")
    @Operation(
            summary = "The keys that access tokens are signed with",
            description =
                    "A JSON Web Key Set (RFC 7517). A next key is in it an hour before it signs, an old one until its last"
                            + " token has expired; one that was taken away is gone at once.")
    ResponseEntity<Map<String, Object>> listSigningKeys() {
        return ResponseEntity.ok().cacheControl(KEPT).body(keys.published().toJSONObject(true));
    }

    @GetMapping("/.well-known/oauth-authorization-server")
    @Operation(
            summary = "How clients fetch access tokens here",
            description = "OAuth 2.0 authorization server metadata (RFC 8414).")
    ResponseEntity<AuthorizationServer> showAuthorizationServer() {
        return ResponseEntity.ok()
                .cacheControl(KEPT)
                .body(new AuthorizationServer(
                        settings.issuer(),
                        settings.issuer() + "/api/auth/token",
                        settings.issuer() + "/api/auth/keys",
                        Arrays.stream(Permission.values()).map(Permission::wire).toList(),
                        List.of(),
                        List.of("client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"),
                        List.of("client_secret_basic", "client_secret_post", "none")));
    }
}
