package dev.apg.server.capability;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.Codes;
import dev.apg.server.capability.Mentions.Name;
import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.platform.NearCodes;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Says of unknown names which registered one was probably meant. Done to the answer, after the transaction that refused
 * them: nobody's publication waits for guesses about another's.
 */
@Component
class NameGuesses {
    /** Names of one answer that come with a guess; each costs a few reads of up to two thousand codes. */
    private static final int MOST = 10;

    /** The name itself, which may be known as something else, and another one. */
    private static final int SAME_NAMES = 2;

    private static final Pattern CODE = Pattern.compile(Codes.CODE);

    private final NameRepository names;
    private final TenantTransactions transactions;

    NameGuesses(NameRepository names, TenantTransactions transactions) {
        this.names = names;
        this.transactions = transactions;
    }

    /**
     * The same errors, the first ten unknown names among them with what was probably meant. A name that is too long to be
     * shown whole gets no guess.
     */
    List<FieldError> addedTo(List<FieldError> errors, TenantContext context) {
        if (errors.stream().allMatch(error -> name(error).isEmpty())) {
            return errors;
        }
        UUID tenantId = context.tenantId();
        return transactions.read(tenantId, () -> {
            Map<Name, String> hints = new HashMap<>();
            List<FieldError> guessed = new ArrayList<>(errors.size());
            for (FieldError error : errors) {
                Optional<Name> name = name(error).filter(unknown -> hints.containsKey(unknown) || hints.size() < MOST);
                guessed.add(name.map(unknown ->
                                hints.computeIfAbsent(unknown, absent -> NearCodes.hint(near(tenantId, absent))))
                        .map(hint -> hinted(error, hint))
                        .orElse(error));
            }
            return guessed;
        });
    }

    private Optional<String> near(UUID tenantId, Name name) {
        return NearCodes.nearest(
                name.code(),
                (from, limit) -> names.codes(tenantId, name.kind(), from, limit).stream(),
                part -> names.named(tenantId, name.kind(), part, SAME_NAMES).stream());
    }

    /** What the error says is not there. */
    private static Optional<Name> name(FieldError error) {
        if (error.value() == null || !CODE.matcher(error.value()).matches()) {
            return Optional.empty();
        }
        return switch (error.code()) {
            case Judgement.UNKNOWN_CAPABILITY -> Optional.of(new Name(Kind.CAPABILITY, error.value()));
            case Judgement.UNKNOWN_SERVICE -> Optional.of(new Name(Kind.SERVICE, error.value()));
            default -> Optional.empty();
        };
    }

    private static FieldError hinted(FieldError error, String hint) {
        return new FieldError(
                error.source(), error.line(), error.field(), error.value(), error.expected() + hint, error.code());
    }
}
