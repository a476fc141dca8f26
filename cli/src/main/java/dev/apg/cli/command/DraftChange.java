package dev.apg.cli.command;

import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.Table;
import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.composition.AppliedOperations;
import dev.apg.contract.composition.ApplyOperations;
import dev.apg.contract.composition.DraftOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One draft operation, as a command sends it. */
final class DraftChange {
    private static final String PRESENT = "draft.member_present";
    private static final String ABSENT = "draft.member_absent";
    private static final Set<String> UNKNOWN = Set.of("capability.unknown", "service.unknown", "draft.service_absent");

    private DraftChange() {}

    /** Applies it, and says which number the draft has now. */
    static int post(ServerOptions server, String composition, DraftOperation operation) {
        JsonNode answer;
        try {
            answer = server.client()
                    .post(
                            "/api/v1/compositions/%s/draft/operations".formatted(ApgClient.segment(composition)),
                            new ApplyOperations(List.of(operation), null));
        } catch (ProblemException refused) {
            // Nobody who types a command knows that it travels in a list.
            throw refused.mapErrors(error -> new FieldError(
                            null,
                            null,
                            error.field().replaceFirst("^operations\\[0]\\.?", ""),
                            error.value(),
                            expected(error),
                            error.code()))
                    .withAdvice(advice(
                            server, composition, operation, refused.problem().code()));
        }
        server.print(answer, AppliedOperations.class, applied -> {
            server.out().printf("The draft of %s is now number %d.%n", composition, applied.draftNumber());
            applied.warnings().forEach(warning -> server.err().println("warning: " + Table.clean(warning.message())));
        });
        return ExitCode.OK.code();
    }

    /** Without the names of draft operations behind the semicolon: the advice says which commands those are. */
    private static String expected(FieldError error) {
        return error.code().equals(PRESENT) || error.code().equals(ABSENT)
                ? error.expected().replaceFirst(";.*", "")
                : error.expected();
    }

    /** The command that was meant, where the draft shows that it was another one. */
    private static List<String> advice(
            ServerOptions server, String composition, DraftOperation operation, String code) {
        boolean present = code.equals(PRESENT);
        boolean absent = code.equals(ABSENT);
        if (absent || UNKNOWN.contains(code)) {
            Optional<OtherKind> other = server.json
                    ? Optional.empty()
                    : SideQuestion.ask(() -> OtherKind.of(operation, server.client()))
                            .flatMap(kind -> kind);
            if (other.isPresent()) {
                return List.of("It is the code of a %s; for that: `%s`.%s"
                        .formatted(
                                other.get().kind(),
                                ShellText.command(composition, other.get().operation()),
                                hasConfiguration(operation)
                                        ? " A service has no configuration: give it to the capability that provides it."
                                        : ""));
            }
        }
        if (present && operation instanceof DraftOperation.AddMember(var capability, var range, var configuration)) {
            var meant = new DraftOperation.SetRange(capability, range == null ? "RANGE" : range);
            return List.of("`%s` changes which versions of it will do%s."
                    .formatted(
                            ShellText.command(composition, meant),
                            range == null ? ", with a range such as ^1.2.0 in place of RANGE" : ""));
        }
        if (absent && operation instanceof DraftOperation.SetRange(var capability, var range)) {
            var meant = new DraftOperation.AddMember(capability, range, null);
            return List.of("`%s` names it in the draft.".formatted(ShellText.command(composition, meant)));
        }
        if (absent && operation instanceof DraftOperation.RemoveMember(var capability)) {
            var meant = new DraftOperation.Exclude(capability, null);
            return List.of("`%s` keeps it out, should something else bring it in."
                    .formatted(ShellText.command(composition, meant)));
        }
        return List.of();
    }

    private static boolean hasConfiguration(DraftOperation operation) {
        return operation instanceof DraftOperation.AddMember add && add.configuration() != null;
    }
}
