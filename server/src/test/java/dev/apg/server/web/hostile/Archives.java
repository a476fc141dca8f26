package dev.apg.server.web.hostile;

import dev.apg.server.testing.TestClient.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Answers that are archives, as texts that can be compared. */
final class Archives {
    private Archives() {}

    /**
     * What an answer says; of an archive what its files say, without how long they are. Of the audit log, of which a job has
     * sealed more or less, and of which refusals are written once a minute, the rest.
     */
    static String text(Answer answer) {
        if (!answer.header("Content-Type").orElse("").equals("application/zip")) {
            return answer.text();
        }
        var text = new StringBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String content = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                text.append(entry.getName())
                        .append('\n')
                        .append(
                                entry.getName().equals("audit.jsonl")
                                        ? content.replaceAll("(?m)^(?:\\{\"seal\"|.*\"access.denied\").*\n", "")
                                                .replaceAll("\"request_id\":\"[^\"]*\"", "REQUEST")
                                        : content.replaceAll("\"bytes\" : [0-9]+", "BYTES")
                                                .replaceAll("\"(cursor|digest)\" : \"[^\"]+\"", "SUM"));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return text.toString();
    }
}
