package dev.apg.cli.command;

import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.input.Document;
import dev.apg.cli.output.ShellText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number that a draft must have for a change: over HTTP it is an entity tag. A document that was written out has it in a
 * comment, which editors leave alone and servers never see.
 */
final class DraftNumber {
    private static final Pattern NOTE = Pattern.compile("# Draft (?<number>[0-9]{1,18}) of (?<composition>\\S+): .*");

    private DraftNumber() {}

    /** For {@code If-Match}: the number that was asked for, or else the draft's present one. */
    static String tag(ApgClient client, String draftPath, @Nullable Long asked) {
        return asked == null ? client.entityTag(draftPath) : tag(asked);
    }

    static String tag(long number) {
        return "\"%d\"".formatted(number);
    }

    /** The first line of a document, which says which draft it is. */
    static String note(String composition, ApgClient.Answer draft) {
        String number = draft.headers().firstValue("ETag").orElse("").replace("\"", "");
        return "# Draft %s of %s: `apg compose apply` replaces this draft and no later one.%n"
                .formatted(number, composition);
    }

    /** The draft that a document was made from; empty if it does not say so, or is of another composition by now. */
    static Optional<Long> noted(Document document, String composition) {
        Matcher note = NOTE.matcher(document.comment());
        return note.matches() && note.group("composition").equalsIgnoreCase(composition)
                ? Optional.of(Long.parseLong(note.group("number")))
                : Optional.empty();
    }

    /** A refusal in the words of the command line, if the draft has another number than the tag's. */
    static ProblemException explain(
            ProblemException refused, ApgClient client, String composition, String draftPath, String tag) {
        if (!refused.problem().code().equals("precondition.failed")) {
            return refused;
        }
        String expected = tag.replace("\"", "");
        return SideQuestion.ask(() -> client.entityTag(draftPath).replace("\"", ""))
                .map(present -> refused.saying(
                        "The draft of %1$s is number %2$s by now, not %3$s; `apg compose operations %4$s --after %3$s` shows what changed, and --draft %2$s goes on from there."
                                .formatted(composition, present, expected, ShellText.quote(composition))))
                .orElse(refused);
    }
}
