package dev.apg.server.identity;

import dev.apg.server.identity.SignOns.Door;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.web.HostCookie;
import dev.apg.server.web.IgnoresUnknownParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where browsers come in by an identity provider. */
@RestController
@RequestMapping(SignOnAddresses.PATH)
class SignOnController {
    private final SignOns signOns;
    private final HostCookie cookie;

    SignOnController(SignOns signOns, Settings settings) {
        this.signOns = signOns;
        this.cookie = new HostCookie(settings, "apg_sign_on");
    }

    @GetMapping("/{tenant}/{provider}")
    @Operation(
            summary = "Come in by an identity provider",
            description =
                    "For browsers: sends them to the identity provider, which sends them back to `…/callback` within ten minutes.")
    @ApiResponse(responseCode = "303", description = "To the identity provider")
    ResponseEntity<Void> beginSignOn(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response,
            @Parameter(description = "its code") @PathVariable String tenant,
            @Parameter(description = "the code of one of its identity providers") @PathVariable String provider,
            @Parameter(description = "the path of this server at which the browser goes on; `/` unless it is said")
                    @RequestParam(name = "return_to", required = false)
                    @Nullable
                    String returnTo) {
        SignOns.Beginning beginning =
                signOns.begin(request, new Door(tenant, provider), returnTo == null ? "/" : returnTo);
        cookie.write(response, beginning.staying(), SignOns.VALID);
        return to(beginning.provider());
    }

    @IgnoresUnknownParameters
    @GetMapping("/{tenant}/{provider}/callback")
    @Operation(
            summary = "Come back from an identity provider",
            description =
                    "For browsers that the provider sends back. With the session in the cookie of the answer, as after a login with a"
                            + " password, they go on where they wanted to; where a second factor is demanded, with"
                            + " `login=second_factor` or `login=enrolment` in the address, and `POST /api/auth/login/pending` gives the"
                            + " token for it.")
    @ApiResponse(responseCode = "303", description = "To where the browser wanted to go")
    ResponseEntity<Void> completeSignOn(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response,
            @PathVariable String tenant,
            @PathVariable String provider,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String code,
            @Parameter(description = "RFC 9207") @RequestParam(required = false) @Nullable String iss,
            @RequestParam(required = false) @Nullable String error) {
        SignOns.Returned returned =
                signOns.take(request, new Door(tenant, provider), Optional.ofNullable(state), cookie.read(request));
        cookie.clear(response);
        var answer =
                new ProviderAnswer(Optional.ofNullable(code), Optional.ofNullable(iss), Optional.ofNullable(error));
        return to(signOns.complete(request, response, returned, answer));
    }

    private static ResponseEntity<Void> to(URI address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(address)
                .cacheControl(CacheControl.noStore())
                .build();
    }
}
