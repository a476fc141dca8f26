package dev.apg.server.account.pipeline;

import dev.apg.contract.account.NewPipeline;
import dev.apg.server.issuer.IssuerException;
import dev.apg.server.issuer.Issuers;
import dev.apg.server.platform.Glob;
import dev.apg.server.web.Rejection;
import java.util.Map;
import java.util.Set;

/** What a pipeline must say so that its tokens are those of its own jobs and of nobody else's. */
final class PipelineRules {
    /** Checked for every token, whatever a pipeline says. */
    private static final Set<String> OF_EVERY_TOKEN = Set.of("iss", "aud", "exp", "nbf", "iat", "jti");

    /**
     * Of issuers whose tokens anybody can have: the claims that say whose the job is. A workflow that others may call is none of
     * them: it says whose the workflow is.
     */
    private static final Map<String, Set<String>> TELLING = Map.of(
            "https://token.actions.githubusercontent.com",
            Set.of("repository", "repository_id", "repository_owner", "repository_owner_id", "sub"),
            "https://gitlab.com",
            Set.of("project_path", "project_id", "namespace_path", "namespace_id", "sub"));

    private PipelineRules() {}

    /** @throws Rejection 422 {@code pipeline.issuer} or {@code pipeline.claims} */
    static void check(Issuers issuers, NewPipeline wanted) {
        try {
            issuers.require(wanted.issuer());
        } catch (IssuerException refused) {
            throw Rejection.invalid("pipeline.issuer", "issuer", wanted.issuer(), refused.getMessage());
        }
        for (String claim : wanted.claims().keySet()) {
            if (OF_EVERY_TOKEN.contains(claim)) {
                throw Rejection.invalid(
                        "pipeline.claims", "claims", claim, "other claims: these are checked of every token");
            }
        }
        Set<String> telling =
                TELLING.getOrDefault(wanted.issuer(), wanted.claims().keySet());
        boolean told = wanted.claims().entrySet().stream()
                .anyMatch(claim -> telling.contains(claim.getKey()) && new Glob(claim.getValue()).isExact());
        if (!told) {
            throw Rejection.invalid(
                    "pipeline.claims",
                    "claims",
                    String.join(", ", wanted.claims().keySet()),
                    TELLING.containsKey(wanted.issuer())
                            ? "without *, one of those that say whose job it is, because anybody can have tokens of this issuer: "
                                    + String.join(
                                            ", ", telling.stream().sorted().toList())
                            : "at least one without *");
        }
    }
}
