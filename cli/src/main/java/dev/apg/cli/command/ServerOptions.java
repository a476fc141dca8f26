package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.Shell;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.client.Authorities;
import dev.apg.cli.client.JobToken;
import dev.apg.cli.client.Patience;
import dev.apg.cli.client.ProblemException;
import dev.apg.cli.client.ServerAddress;
import dev.apg.cli.input.Document;
import dev.apg.cli.output.CleanText;
import dev.apg.cli.output.ShellText;
import dev.apg.cli.output.Table;
import dev.apg.contract.WireJson;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What every command that talks to a server has: how to reach it, and how to print what it says. */
final class ServerOptions {
    private final Shell shell;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(names = "--url", paramLabel = "URL", description = "The server (default: APG_URL, else the local one).")
    @Nullable
    String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "The bearer token (default: APG_TOKEN, else what `apg login` keeps, else the local server's own).")
    @Nullable
    String token;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "PEM certificates of authorities to trust beside Java's (default: APG_CA_FILE, else SSL_CERT_FILE).")
    @Nullable
    String authorities;

    @Option(names = "--json", description = "Print JSON for scripts instead of text for people.")
    boolean json;

    /** Its identity token is good for one. */
    private ServerAddress.@Nullable Token ofJob;

    ServerOptions(Shell shell) {
        this.shell = shell;
    }

    Shell shell() {
        return shell;
    }

    /** A command to paste: of this program, and to the server that this one was told to ask. */
    String spell(String text) {
        return shell.spell(accepted()
                .map(address -> "%s --url %s".formatted(text, ShellText.quote(address.toString())))
                .orElse(text));
    }

    /** A sentence whose commands, between backticks, can be pasted like {@link #spell}'s. */
    String sentence(String text) {
        return shell.spell(text, accepted());
    }

    /** The address that was typed, if it is one: what is none may have a password in it. */
    private Optional<URI> accepted() {
        return Optional.ofNullable(url).flatMap(ServerAddress::accepted);
    }

    /**
     * The same command again with another value of an option, to paste. A token is left out: it is a secret. FILE stands in
     * place of standard input.
     */
    String again(String option, String value) {
        return again(Set.of(option), List.of(option, value));
    }

    /** The same command again with more options that take no value, to paste; FILE stands for standard input, as above. */
    String again(List<String> flags) {
        List<String> given = command.root().commandLine().getParseResult().originalArgs();
        return again(
                Set.of(), flags.stream().filter(flag -> !given.contains(flag)).toList());
    }

    private String again(Set<String> without, List<String> added) {
        var words = new ArrayList<String>();
        Iterator<String> given =
                command.root().commandLine().getParseResult().originalArgs().iterator();
        while (given.hasNext()) {
            String word = given.next();
            String name = word.split("=", 2)[0];
            if (word.equals("-") || word.endsWith("=-")) {
                // What was read from there cannot be read again.
                words.add(word.substring(0, word.length() - 1) + "FILE");
            } else if (!name.equals("--token") && !without.contains(name)) {
                words.add(word);
            } else if (word.equals(name) && given.hasNext()) {
                given.next();
            }
        }
        words.addAll(words.contains("--") ? words.indexOf("--") : words.size(), added);
        return shell.spell(words.stream().map(ShellText::quote).collect(Collectors.joining(" ", "apg ", "")));
    }

    ServerAddress address() {
        return ServerAddress.of(Optional.ofNullable(url), Optional.ofNullable(token), shell);
    }

    /** Without a token, which may be what is wrong. */
    ServerAddress anonymousAddress() {
        return ServerAddress.anonymous(Optional.ofNullable(url), shell);
    }

    /** For whoever runs the installation. */
    ApgClient platformClient() {
        return client(ServerAddress.ofPlatform(Optional.ofNullable(url), Optional.ofNullable(token), shell));
    }

    /** Whether there is a key of whoever runs the installation to ask with. */
    boolean hasPlatformKey() {
        return ServerAddress.ofPlatform(Optional.ofNullable(url), Optional.empty(), shell)
                .token()
                .isPresent();
    }

    /** In the name of whoever has a token. */
    ApgClient client(String token, String origin) {
        return client(anonymousAddress().with(new ServerAddress.Token(token, origin)));
    }

    /** With the token that was given; in the job of a pipeline that gives none, with one for its identity token. */
    ApgClient client() {
        boolean given = token != null
                || !shell.environment().getOrDefault("APG_TOKEN", "").isBlank();
        if (given || !JobToken.isWanted(shell)) {
            return client(address());
        }
        if (ofJob == null) {
            ofJob = new JobToken(anonymousClient(), Patience.of(shell), shell).exchange();
        }
        return client(anonymousAddress().with(ofJob));
    }

    /**
     * Waits until the server shows what a command did and has told, so that the next command finds it. It is done however
     * that ends, so it is only said.
     *
     * @param cursor of the write
     */
    void awaitShown(ApgClient client, String cursor) {
        raw().flush();
        if (ofJob != null) {
            // It may publish, and not look.
            return;
        }
        try {
            client.awaitShown(cursor);
        } catch (ProblemException | CommandFailure unseen) {
            err().println("apg: It is done, but this node may not show it yet: "
                    + sentence(Table.clean(String.valueOf(unseen.getMessage()))));
        }
    }

    ApgClient anonymousClient() {
        return client(anonymousAddress());
    }

    private ApgClient client(ServerAddress address) {
        return new ApgClient(address, Patience.of(shell), Authorities.of(Optional.ofNullable(authorities), shell));
    }

    /**
     * For text: what servers say is in it, so nothing passes that could rewrite the terminal of whoever reads it. JSON
     * passes as it is, for programs.
     */
    PrintWriter out() {
        return json ? raw() : new PrintWriter(new CleanText(raw()), true);
    }

    /** For documents that are read back and must lose nothing. */
    PrintWriter raw() {
        return command.commandLine().getOut();
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Prints an answer: as it came, or as text. */
    <T> void print(JsonNode answer, Class<T> type, Consumer<T> asText) {
        if (json) {
            printJson(answer);
        } else {
            asText.accept(ApgClient.read(answer, type));
        }
    }

    void printJson(Object answer) {
        out().println(WireJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
    }

    Path path(String written) {
        return shell.path(written);
    }

    /** Reads a document from a file, or from standard input if that is called {@code -}. */
    Document document(String file) {
        return file.equals("-") ? Document.read(shell.input(), Document.INPUT) : Document.read(shell.path(file), file);
    }
}
