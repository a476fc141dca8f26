package dev.apg.cli.command;

import dev.apg.cli.CommandFailure;
import dev.apg.cli.ExitCode;
import dev.apg.cli.client.ApgClient;
import dev.apg.cli.output.BundleFiles;
import dev.apg.cli.output.BundleFiles.Extracted;
import dev.apg.cli.output.RevisionText;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.composition.CompositionDetail;
import dev.apg.contract.composition.RevisionDetail;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches the bundle of a revision. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = "Fetch the bundle of a revision: files for Compose and Kubernetes, lock, bill of materials.",
        footer = {
            "",
            "The bytes are checked against the digest that was frozen. --force also removes files of a former bundle that",
            "this one does not have, unless they were changed since.",
            "",
            "Examples:",
            "  apg bundle online-boutique -o boutique",
            "  apg bundle online-boutique@1 -o online-boutique-1.tar"
        })
public final class BundleCommand implements Callable<Integer> {
    @Mixin
    ServerOptions server;

    @Parameters(paramLabel = "COMPOSITION[@REVISION]", description = "Default: the newest revision.")
    String composition;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR|FILE.tar",
            description = "A directory for the files, or the archive as it is.")
    String output = "";

    @Option(names = "--force", description = "Replace files that are there with other content.")
    boolean force;

    @Override
    public Integer call() {
        Named named = Named.parse(composition);
        ApgClient client = server.client();
        String path = "/api/v1/compositions/" + ApgClient.segment(named.code());
        String revision = named.version().orElseGet(() -> head(client, path, named.code()));
        ApgClient.Answer answer =
                client.send(client.request(path + "/revisions/%s/bundle".formatted(ApgClient.segment(revision)))
                        .setHeader("Accept", "application/x-tar, application/problem+json")
                        .GET());
        String digest = verified(answer);
        Path target = server.path(output);
        Extracted done;
        if (output.endsWith(".tar")) {
            BundleFiles.save(answer.body(), target, force);
            done = Extracted.only(1);
        } else {
            done = BundleFiles.extract(answer.body(), target, force);
        }
        if (server.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("composition", named.code());
            result.put("revision", Integer.parseInt(revision));
            result.put("digest", digest);
            result.put("output", output);
            result.put("files", done.files());
            result.put("removed", done.removed());
            result.put("kept", done.kept());
            result.put("unremovable", done.unremovable());
            server.printJson(result);
        } else {
            server.out()
                    .printf(
                            "Bundle of %s@%s in %s (%s, %s)%n",
                            named.code(),
                            revision,
                            output,
                            done.files() == 1 ? "1 file" : done.files() + " files",
                            digest);
            if (!output.endsWith(".tar")) {
                server.out().printf("How to run it: %s%n", Path.of(output, "README.md"));
            }
            tell("Removed, as this bundle does not have it: ", done.removed());
            tell("Of a former bundle, and kept because it was changed: ", done.kept());
            tell("Of a former bundle, but it cannot be removed (the next --force tries again): ", done.unremovable());
        }
        String frozen = path + "/revisions/" + ApgClient.segment(revision);
        SideQuestion.ask(() -> client.get(frozen, RevisionDetail.class))
                .ifPresent(detail -> server.err().print(RevisionText.changed(named.code(), detail)));
        return ExitCode.OK.code();
    }

    private void tell(String what, List<String> files) {
        files.forEach(file -> server.out().println(what + file));
    }

    private static String head(ApgClient client, String path, String code) {
        Integer head = client.get(path, CompositionDetail.class).head();
        if (head == null) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND, "%s was never frozen: do that with `apg freeze %s`.".formatted(code, code));
        }
        return head.toString();
    }

    private static String verified(ApgClient.Answer answer) {
        String promised = answer.headers().firstValue("ETag").orElse("").replace("\"", "");
        if (answer.body().length == 0) {
            throw new CommandFailure(ExitCode.FAILED, "The answer is empty: is APG_URL the address of an APG server?");
        }
        String digest = Digest.of(answer.body()).toString();
        if (!digest.equals(promised)) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "The bundle was damaged on its way: its digest is %s (expected: %s). Nothing was written."
                            .formatted(digest, promised));
        }
        return digest;
    }
}
