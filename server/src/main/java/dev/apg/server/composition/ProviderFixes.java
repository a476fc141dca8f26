package dev.apg.server.composition;

import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.Explanation.Fix;
import dev.apg.resolver.Binding;
import dev.apg.resolver.ExactVersion;
import dev.apg.resolver.Request;
import dev.apg.resolver.Resolution;
import dev.apg.resolver.Resolver;
import dev.apg.resolver.Root;
import dev.apg.resolver.Target.Kind;
import dev.apg.server.capability.StoredVersion;
import dev.apg.server.capability.VersionDocuments;
import dev.apg.server.capability.VersionKey;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.HeavyWork;
import dev.apg.server.web.Rejection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds what would run where a requirement is met by something that does not. The choice rule does not ask what runs, so
 * that a lock depends on versions alone; whoever composes chooses by naming a provider.
 */
@Component
class ProviderFixes {
    private static final int MOST_FIXES = 3;

    /** Of one try: milliseconds of work. Fixes are a courtesy that a report must not wait for, so a harder try is given up. */
    private static final long MOST_STEPS = 100_000;

    private final VersionDocuments documents;
    private final HeavyWork heavyWork;

    ProviderFixes(VersionDocuments documents, HeavyWork heavyWork) {
        this.documents = documents;
        this.heavyWork = heavyWork;
    }

    /**
     * At most three, each resolved again: it binds the requirement to a version that runs. None where the server is busy or
     * the tries take too long.
     */
    List<Fix> of(TenantContext context, Resolved resolved, String consumer, String requirement) {
        if (!(resolved.resolution() instanceof Resolution.Solved solved)) {
            return List.of();
        }
        Map<VersionKey, Fix> candidates = tried(context, resolved, solved, consumer, requirement);
        if (candidates.isEmpty()) {
            return List.of();
        }
        Map<VersionKey, StoredVersion> stored = documents.findAll(context, candidates.keySet());
        return candidates.entrySet().stream()
                .filter(candidate -> runs(stored.get(candidate.getKey())))
                .map(Map.Entry::getValue)
                .limit(MOST_FIXES)
                .toList();
    }

    private Map<VersionKey, Fix> tried(
            TenantContext context, Resolved resolved, Resolution.Solved solved, String consumer, String requirement) {
        try {
            return heavyWork.run(context, () -> candidates(resolved, solved, consumer, requirement));
        } catch (Rejection refused) {
            if (refused.code().equals("server.busy")) {
                return Map.of();
            }
            throw refused;
        }
    }

    private static boolean runs(@Nullable StoredVersion version) {
        return Optional.ofNullable(version)
                .flatMap(StoredVersion::document)
                .map(VersionDocument::runtime)
                .isPresent();
    }

    private static Map<VersionKey, Fix> candidates(
            Resolved resolved, Resolution.Solved solved, String consumer, String requirement) {
        Request request =
                resolved.request().withStepBudget(Math.min(resolved.request().stepBudget(), MOST_STEPS));
        Optional<Root> named =
                provider(solved, consumer, requirement).flatMap(provider -> member(request, provider.code()));
        Map<VersionKey, Fix> candidates = new LinkedHashMap<>();
        for (String code : new ProviderChoices(resolved.snapshot().universe(), request, solved)
                .alternatives(consumer, requirement)) {
            List<Root> roots = new ArrayList<>(request.roots());
            List<DraftOperation> operations = new ArrayList<>();
            named.ifPresent(root -> {
                roots.remove(root);
                operations.add(new DraftOperation.RemoveMember(root.target().code()));
            });
            boolean present = member(request, code).isPresent();
            if (!present) {
                roots.add(Root.capability(code, "*"));
                operations.add(new DraftOperation.AddMember(code, null, null));
            }
            if (operations.isEmpty()) {
                continue;
            }
            if (Resolver.resolve(resolved.snapshot().universe(), request.withRoots(roots))
                    instanceof Resolution.Solved again) {
                provider(again, consumer, requirement)
                        .filter(version -> version.code().equals(code))
                        .ifPresent(version -> candidates.put(
                                new VersionKey(code, version.number().toString()),
                                new Fix(
                                        "%s: %s runs, and meets the requirement %s of %s."
                                                .formatted(change(code, named, present), code, requirement, consumer),
                                        operations)));
            }
        }
        return candidates;
    }

    private static String change(String code, Optional<Root> named, boolean present) {
        return named.map(root -> present
                        ? "Leave out %s beside %s".formatted(root, code)
                        : "Ask for %s instead of %s".formatted(code, root))
                .orElse("Ask for " + code);
    }

    private static Optional<Root> member(Request request, String code) {
        return request.roots().stream()
                .filter(root -> root.target().kind() == Kind.CAPABILITY
                        && root.target().code().equals(code))
                .findFirst();
    }

    private static Optional<ExactVersion> provider(Resolution.Solved solved, String consumer, String requirement) {
        return solved.bindings().stream()
                .filter(binding -> ProviderChoices.isNeed(binding, consumer, requirement))
                .map(Binding::provider)
                .findFirst();
    }
}
