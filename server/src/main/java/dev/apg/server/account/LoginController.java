package dev.apg.server.account;

import dev.apg.contract.account.EnrolledLogin;
import dev.apg.contract.account.FactorSecret;
import dev.apg.contract.account.ForgottenPassword;
import dev.apg.contract.account.Login;
import dev.apg.contract.account.LoginAnswer;
import dev.apg.contract.account.LoginState;
import dev.apg.contract.account.LoginStep;
import dev.apg.contract.account.LoginToken;
import dev.apg.contract.account.NewPassword;
import dev.apg.server.event.Written;
import dev.apg.server.limit.RateLimits;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.CursorHeader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where people come in and go. */
@RestController
@RequestMapping("/api/auth")
class LoginController {
    private final AccountLogins logins;
    private final Passwords passwords;
    private final ForgottenPasswords reminders;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final PendingCookie waiting;
    private final OwnPages pages;
    private final RateLimits limits;

    LoginController(
            AccountLogins logins,
            Passwords passwords,
            ForgottenPasswords reminders,
            Sessions sessions,
            SessionCookie cookie,
            PendingCookie waiting,
            OwnPages pages,
            RateLimits limits) {
        this.logins = logins;
        this.passwords = passwords;
        this.reminders = reminders;
        this.sessions = sessions;
        this.cookie = cookie;
        this.waiting = waiting;
        this.pages = pages;
        this.limits = limits;
    }

    @PostMapping("/login")
    @Operation(
            summary = "Log a person in",
            description =
                    "The session is in the cookie of the answer, `__Host-apg_session` (`apg_session` in development over HTTP)."
                            + " Whatever is wrong, the refusal is the same; too many attempts, in vain or not, have to wait.")
    @ApiResponse(responseCode = "200", description = "Logged in")
    ResponseEntity<LoginAnswer> logIn(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response,
            @Valid @RequestBody Login login) {
        pages.requireOwnOrigin(request);
        return switch (limits.countFailure(request, response, () -> logins.login(request, response, login))) {
            case AccountLogins.Outcome.Complete(Sessions.Begun session) -> noStore(complete(response, session));
            case AccountLogins.Outcome.Incomplete(PendingLogins.Pending pending) -> noStore(incomplete(pending));
        };
    }

    private static LoginAnswer incomplete(PendingLogins.Pending pending) {
        return new LoginAnswer(pending.lack().state(), null, pending.expiresAt(), pending.text());
    }

    @PostMapping("/login/pending")
    @Operation(
            summary = "Go on with a login that an identity provider has begun",
            description =
                    "For a browser that came back from an identity provider and of whose person a second factor is demanded: the answer"
                            + " is that of a first step with a password. Once, and within ten minutes.")
    @ApiResponse(responseCode = "200", description = "What the login lacks, and the token for it")
    ResponseEntity<LoginAnswer> continueLogin(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) {
        pages.requireOwnOrigin(request);
        return noStore(incomplete(waiting.take(request, response)));
    }

    private LoginAnswer complete(HttpServletResponse response, Sessions.Begun session) {
        cookie.write(response, session.secret());
        return new LoginAnswer(
                LoginState.COMPLETE, pages.token(Sessions.key(session.secret())), session.expiresAt(), null);
    }

    private static <T> ResponseEntity<T> noStore(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    @PostMapping("/login/second-factor")
    @Operation(
            summary = "Complete a login with a second factor",
            description =
                    "With the token of the first step and what the authenticator shows, or a recovery code; neither is good twice.")
    @ApiResponse(responseCode = "200", description = "Logged in")
    ResponseEntity<LoginAnswer> proveSecondFactor(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response,
            @Valid @RequestBody LoginStep step) {
        pages.requireOwnOrigin(request);
        return noStore(complete(
                response,
                limits.countFailure(request, response, () -> logins.proveFactor(request, step.token(), step.code()))));
    }

    @PostMapping("/login/enrolment")
    @Operation(
            summary = "Begin to use a second factor at a login",
            description =
                    "For an account of which one is demanded and that has none: the secret for an authenticator (RFC 6238).")
    @ApiResponse(responseCode = "200", description = "To be confirmed")
    ResponseEntity<FactorSecret> enrolAtLogin(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response,
            @Valid @RequestBody LoginToken login) {
        pages.requireOwnOrigin(request);
        return noStore(limits.countFailure(request, response, () -> logins.enrol(request, login.token())));
    }

    @PostMapping("/login/enrolment/confirmation")
    @Operation(
            summary = "Confirm a second factor at a login, and complete it",
            description =
                    "With what the authenticator shows. The answer has ten recovery codes, which are never shown again.")
    @ApiResponse(responseCode = "200", description = "Logged in")
    ResponseEntity<EnrolledLogin> confirmAtLogin(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response,
            @Valid @RequestBody LoginStep step) {
        pages.requireOwnOrigin(request);
        AccountLogins.Enrolled enrolled =
                limits.countFailure(request, response, () -> logins.confirm(request, step.token(), step.code()));
        return noStore(new EnrolledLogin(complete(response, enrolled.session()), enrolled.recoveryCodes()));
    }

    @PostMapping("/logout")
    @SecurityRequirement(name = "session")
    @Operation(
            summary = "Log a person out",
            description = "Ends the session whose cookie was sent, on every node at once.")
    @ApiResponse(responseCode = "204", description = "Logged out")
    ResponseEntity<Void> logOut(
            TenantContext context,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) {
        Written<Boolean> written = sessions.logOut(context, SessionFilter.of(request));
        cookie.clear(response);
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    @PostMapping("/password")
    @Operation(
            summary = "Choose a password",
            description =
                    "With the token of an invitation, which is good once. Every session of the account ends. A password has 12 to"
                            + " 128 characters and is not easy to guess.")
    @ApiResponse(responseCode = "204", description = "Chosen")
    ResponseEntity<Void> choosePassword(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response,
            @Valid @RequestBody NewPassword chosen) {
        pages.requireOwnOrigin(request);
        Written<UUID> written = limits.countFailure(
                request, response, () -> passwords.choose(request, chosen.token(), chosen.password()));
        return ResponseEntity.noContent()
                .headers(CursorHeader.at(written.cursor()))
                .build();
    }

    @PostMapping("/password/forgotten")
    @Operation(
            summary = "Say that a password was forgotten",
            description =
                    "If there is such an account, a token for another password is sent to its address. The answer is the same in any"
                            + " case. Only where there is a mail server.")
    @ApiResponse(responseCode = "202", description = "Whoever it is, is written to if they have an account")
    ResponseEntity<Void> remindOfPassword(
            @Parameter(hidden = true) HttpServletRequest request, @Valid @RequestBody ForgottenPassword forgotten) {
        pages.requireOwnOrigin(request);
        reminders.remind(request, forgotten);
        return ResponseEntity.accepted().build();
    }
}
