package dev.apg.cli.input;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.FileFailures;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.WarningText;
import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.CapabilityDocument;
import dev.apg.contract.capability.ServiceDocument;
import dev.apg.contract.capability.StateDocument;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.DraftDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A YAML or JSON document that a person wrote.
 *
 * @param source how the person called it
 * @param lines where each field stands, by dotted path, from 1; empty for JSON
 * @param comment the first line, if it is a comment; else empty, as for JSON
 */
public record Document(String source, JsonNode root, Map<String, Integer> lines, String comment) {
    /** What people call a document that has no file. */
    public static final String INPUT = "standard input";

    /** No document that APG takes is larger; in bytes. */
    private static final int MOST = 4 * 1024 * 1024;

    public Document {
        lines = Map.copyOf(lines);
    }

    /**
     * Reads a file; a name that ends in {@code .json} is JSON, all else YAML.
     *
     * @throws CommandFailure if it is not there, or not one document
     */
    public static Document read(Path file, String source) {
        String text = text(file, source);
        return source.endsWith(".json") ? JsonText.read(text, source) : YamlText.read(text, source);
    }

    /** Reads a stream to its end; YAML, of which JSON is a part. */
    public static Document read(InputStream stream, String source) {
        return YamlText.read(text(() -> stream, source, MOST).orElseThrow(() -> tooLarge(source)), source);
    }

    /**
     * The text of a file.
     *
     * @throws CommandFailure if it is not there, not UTF-8, or larger than a document may be
     */
    private static String text(Path file, String source) {
        if (Files.isDirectory(file)) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be read: it is a directory".formatted(source));
        }
        return text(() -> Files.newInputStream(file), source, MOST).orElseThrow(() -> tooLarge(source));
    }

    /**
     * The text of a file; empty if it is larger than that many bytes. No more is read than has to be: what is given may have
     * no end.
     *
     * @throws CommandFailure if it is not there, or not UTF-8
     */
    static Optional<String> text(Batch.Opener opener, String source, int most) {
        try (InputStream stream = opener.open()) {
            byte[] bytes = stream.readNBytes(most + 1);
            return bytes.length > most
                    ? Optional.empty()
                    : Optional.of(withoutByteOrderMark(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()));
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "%s: there is no such file".formatted(source));
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.INVALID, "%s: not UTF-8".formatted(source));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "%s cannot be read: %s".formatted(source, FileFailures.words(e)));
        }
    }

    /** Editors on Windows write one in front of a text. */
    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static CommandFailure tooLarge(String source) {
        return new CommandFailure(
                ExitCode.INVALID, "%s: too large (expected: a document of at most 4 MiB)".formatted(source));
    }

    /**
     * Refuses another kind of document before a server looks at it, which could only list all that it lacks.
     *
     * @param expected such as {@code apg.version/1}
     */
    public void requireFormat(String expected) {
        String format = root.path("format").asString("");
        if (format.equals(expected)) {
            return;
        }
        String found = format.isEmpty() ? "it has no format" : "its format is " + format;
        throw new CommandFailure(
                ExitCode.INVALID,
                "%s is no %s document: %s (expected: format: %s). %s"
                        .formatted(source, expected, found, expected, advice(format)));
    }

    private String advice(String format) {
        String file = source.equals(INPUT) ? "-" : ShellText.quote(source);
        return switch (format) {
            case VersionDocument.FORMAT -> "A version is published with `apg publish %s`.".formatted(file);
            case DraftDocument.FORMAT ->
                "A composition is made from it with `apg compose create -f %s`.".formatted(file);
            case CapabilityDocument.FORMAT, ServiceDocument.FORMAT, StateDocument.FORMAT ->
                "It is read by %s.".formatted(importing(source));
            default -> "docs/formats.md shows one.";
        };
    }

    /** The command, between backticks, that takes a file of any documents in YAML. */
    static String importing(String source) {
        return source.equals(INPUT)
                ? "`apg import --stdin-form yaml -`"
                : "`apg import %s`".formatted(ShellText.quote(source));
    }

    /** A server's refusal of this document, pointing into the file. */
    public ProblemException locate(ProblemException refusal) {
        return refusal.mapErrors(error -> {
            String field = inDocument(error.field());
            return new FieldError(source, line(field), field, error.value(), error.expected(), error.code());
        });
    }

    /** What a server warns of in this document, pointing into the file and in its order. */
    public List<Warning> locate(List<Warning> warnings) {
        return warnings.stream()
                .map(warning -> {
                    String field = inDocument(warning.field());
                    return new Warning(
                            source,
                            line(field),
                            warning.capability(),
                            warning.version(),
                            field,
                            warning.message(),
                            warning.code());
                })
                .sorted(WarningText.IN_READING_ORDER)
                .toList();
    }

    /** A field as it is called in the document, and not in the request that carried it. */
    private static String inDocument(String field) {
        return field.startsWith("document.") ? field.substring("document.".length()) : field;
    }

    /** The line of a field, else that of what it would stand in. */
    private @Nullable Integer line(String field) {
        String path = field;
        while (true) {
            Integer line = lines.get(path);
            if (line != null || path.isEmpty()) {
                return line;
            }
            path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
        }
    }
}
