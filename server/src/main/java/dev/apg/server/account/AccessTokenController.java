package dev.apg.server.account;

import dev.apg.contract.account.AccessToken;
import dev.apg.contract.account.AccessTokenRequest;
import dev.apg.contract.account.TokenRefusal;
import dev.apg.server.account.TokenRefused.Reason;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.web.BodyLimit;
import dev.apg.server.web.Rejection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The token endpoint of OAuth 2.0. Its refusals are those of the standard, because that is what OAuth clients read. */
@RestController
class AccessTokenController {
    private static final int MOST = 16 * 1024;

    private final ClientLogins logins;
    private final PipelineLogins pipelines;
    private final RateLimits limits;

    AccessTokenController(ClientLogins logins, PipelineLogins pipelines, RateLimits limits) {
        this.logins = logins;
        this.pipelines = pipelines;
        this.limits = limits;
    }

    @BodyLimit(MOST)
    @PostMapping(
            path = "/api/auth/token",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_FORM_URLENCODED_VALUE})
    @Operation(
            summary = "Issue an access token to a client or a job",
            description =
                    "OAuth 2.0 client credentials (RFC 6749). The client proves itself in the body or by `Authorization:"
                            + " Basic`. The token is a JWT (RFC 9068), signed by one of the keys at `/api/auth/keys`. Or token"
                            + " exchange (RFC 8693): the job of a pipeline gives the identity token of its CI service, which is"
                            + " used up by that, for an access token of 15 minutes that can publish what the pipeline names.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = AccessTokenRequest.class)),
                                @Content(
                                        mediaType = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
                                        schema = @Schema(implementation = AccessTokenRequest.class))
                            }))
    @ApiResponse(responseCode = "200", description = "Issued")
    @ApiResponse(
            responseCode = "400",
            description =
                    "invalid_request, invalid_grant, unauthorized_client, unsupported_grant_type or invalid_scope",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = TokenRefusal.class)))
    @ApiResponse(
            responseCode = "401",
            description = "invalid_client",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = TokenRefusal.class)))
    ResponseEntity<AccessToken> issueAccessToken(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            // Spring would read a form by its parameters, where those of the query count as well.
            byte[] body = request.getInputStream().readAllBytes();
            return issue(request, response, body);
        } catch (TokenRefused refused) {
            limits.admitStranger(request, response);
            throw refused;
        } catch (Rejection refused) {
            // Who asked too often has been counted, as a client.
            if (refused.status() != HttpStatus.TOO_MANY_REQUESTS) {
                limits.admitStranger(request, response);
            }
            throw refused;
        }
    }

    private ResponseEntity<AccessToken> issue(HttpServletRequest request, HttpServletResponse response, byte[] body) {
        TokenParameters parameters =
                MediaType.APPLICATION_JSON.isCompatibleWith(MediaType.parseMediaType(request.getContentType()))
                        ? TokenParameters.json(body)
                        : TokenParameters.form(body);
        List<String> authorization = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        String grant = parameters.value("grant_type").orElseThrow(() -> grant(Reason.INVALID_REQUEST, "is missing"));
        AccessToken token = switch (grant) {
            case ClientLogins.GRANT_TYPE ->
                logins.issueAccessToken(request, response, parameters, parameters.proof(authorization));
            case PipelineLogins.GRANT_TYPE -> {
                if (!authorization.isEmpty()) {
                    throw new TokenRefused(
                            Reason.INVALID_REQUEST,
                            "Authorization is not taken with this grant_type (expected: subject_token alone).");
                }
                yield pipelines.exchange(request, response, parameters);
            }
            default -> throw grant(Reason.UNSUPPORTED_GRANT_TYPE, "is not known");
        };
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(token);
    }

    private static TokenRefused grant(Reason reason, String what) {
        return new TokenRefused(
                reason,
                "grant_type %s (expected: %s or %s)."
                        .formatted(what, ClientLogins.GRANT_TYPE, PipelineLogins.GRANT_TYPE));
    }

    @ExceptionHandler
    ResponseEntity<TokenRefusal> refuse(TokenRefused refused) {
        boolean client = refused.reason() == Reason.INVALID_CLIENT;
        var answer = ResponseEntity.status(client ? HttpStatus.UNAUTHORIZED : HttpStatus.BAD_REQUEST)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore());
        return (client ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"apg\"") : answer)
                .body(refused.document());
    }
}
