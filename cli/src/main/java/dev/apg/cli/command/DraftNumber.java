package dev.apg.cli.command;

import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.output.ShellText;
import org.jspecify.annotations.Nullable;

/** The number that a draft must have for a change: over HTTP it is an entity tag. */
final class DraftNumber {
    private DraftNumber() {}

    /** For {@code If-Match}: the number that was asked for, or else the draft's present one. */
    static String tag(ApgClient client, String draftPath, @Nullable Long asked) {
        return asked == null ? client.entityTag(draftPath) : "\"%d\"".formatted(asked);
    }

    /** A refusal in the words of the command line, if the draft has another number than the tag's. */
    static ProblemException explain(
            ProblemException refused, ApgClient client, String composition, String draftPath, String tag) {
        if (!refused.problem().code().equals("precondition.failed")) {
            return refused;
        }
        String present = client.entityTag(draftPath).replace("\"", "");
        String expected = tag.replace("\"", "");
        return refused.saying(
                "The draft of %s is number %s by now, not %s; `apg compose operations %s` shows what changed."
                        .formatted(composition, present, expected, ShellText.quote(composition)));
    }
}
