package dev.apg.server.composition.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.apg.contract.composition.LockDocument.LockEntry;
import dev.apg.server.composition.bundle.Workload.SecretKey;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes {@code README.md}: what the bundle is, in which order it starts, how to run it, what it asks of the place. */
final class ReadmeFile {
    private final BundleInput input;
    private final RunPlan plan;
    private final Map<String, Workload> workloads;
    private final PlaceVariables variables;
    private final ComposeSecrets secrets;
    private final StringBuilder text = new StringBuilder();

    ReadmeFile(BundleInput input, RunPlan plan) {
        this.input = input;
        this.plan = plan;
        this.workloads = plan.workloads().stream().collect(Collectors.toMap(Workload::code, Function.identity()));
        this.variables = PlaceVariables.of(plan.workloads());
        this.secrets = variables.secrets();
    }

    byte[] render() {
        introduction();
        startOrder();
        if (plan.workloads().isEmpty()) {
            text.append("\nNothing here runs by itself, so there are no files for Compose or Kubernetes.\n");
        } else {
            compose();
            kubernetes();
            secrets();
        }
        text.append(ReadmeNotes.of(plan.notes()));
        return text.toString().getBytes(UTF_8);
    }

    private void introduction() {
        String name = input.displayName() == null || input.displayName().isBlank()
                ? input.composition()
                : MarkdownText.line(input.displayName());
        text.append("""
                # %s, revision %s

                This folder was rendered by APG from a frozen revision and is the same bytes for ever. Change the composition
                and freeze again rather than editing it; what differs by place has variables and overlays, see below.

                - composition: `%s`
                - frozen: %s
                - lock: `%s`
                """.formatted(
                        name,
                        input.revision(),
                        input.composition(),
                        DateTimeFormatter.ISO_INSTANT.format(input.frozenAt().truncatedTo(ChronoUnit.SECONDS)),
                        input.lockDigest()));
        if (input.message() != null && !input.message().isBlank()) {
            text.append('\n').append(MarkdownText.quote(input.message()));
        }
        text.append("""

                | file | what it is |
                |---|---|
                """);
        if (!plan.workloads().isEmpty()) {
            text.append("""
                    | `compose.yaml`, `.env.example` | one host, with Docker Compose 2.20 or newer |
                    | `kubernetes/` | a cluster, with `kubectl` or as a base for kustomize overlays |
                    """);
        }
        text.append("""
                | `apg.lock.json` | exactly which versions, why, and who provides for whom |
                | `sbom.cdx.json` | the same as a CycloneDX bill of materials |
                """);
    }

    private void startOrder() {
        text.append("\n## Start order\n\n");
        List<LockEntry> entries = input.lock().entries();
        for (int i = 0; i < entries.size(); i++) {
            LockEntry entry = entries.get(i);
            Workload workload = workloads.get(entry.capability());
            text.append("%s. `%s` %s: %s\n"
                    .formatted(
                            i + 1,
                            entry.capability(),
                            entry.version(),
                            workload == null
                                    ? "a module, nothing is started"
                                    : "`%s`".formatted(workload.image().text())));
        }
        for (List<String> cycle : input.cycles()) {
            text.append("\n%s need each other; they start without waiting for one another and must retry.\n"
                    .formatted(cycle.stream().sorted().map("`%s`"::formatted).collect(Collectors.joining(", "))));
        }
    }

    private void compose() {
        List<String> steps = new ArrayList<>();
        steps.add("Copy the list of variables: `cp .env.example .env`\n");
        if (!secrets.variables().isEmpty()) {
            steps.add("In `.env`, give each of these a value; Compose does not start without:\n%s"
                    .formatted(listed(
                            secrets.variables(),
                            key -> "`%s`: secret `%s`, key `%s`"
                                    .formatted(variables.secretVariable(key), key.name(), key.key()))));
        }
        if (!secrets.files().isEmpty()) {
            steps.add("Make a place for the secrets that only you can enter: `%s && chmod 700 secrets`\n"
                    .formatted(makeDirectories(secrets.files())));
            steps.add(
                    "Write each of these secrets into its file without a line break at its end (`printf %%s SECRET >FILE`), or say in `.env` where the file is. The process reads the file itself, so the user that it runs as must be able to (`chmod 644 FILE`):\n%s"
                            .formatted(listed(
                                    secrets.files(),
                                    key -> "`%s`, or where `%s` points"
                                            .formatted(
                                                    PlaceVariables.secretPath(key),
                                                    variables.secretFileVariable(key)))));
        }
        steps.add("Start: `docker compose up --detach`\n");
        text.append("""

                ## Run it on one host

                This needs Docker Compose 2.20 or newer (`docker compose version` tells); `docker-compose` 1, which some
                distributions still bring, refuses the file. The project is called `%s` wherever this folder lies, so that the
                next revision takes its place.

                """.formatted(ResourceNames.of(input.composition())));
        for (int i = 0; i < steps.size(); i++) {
            text.append("%s. %s".formatted(i + 1, steps.get(i)));
        }
        text.append("""

                `.env.example` lists every variable: images, published ports, configuration%s. What is not named above has a
                default. A published port may also be given with an address, such as `127.0.0.1:8080`.
                """.formatted(secrets.all().isEmpty() ? "" : ", secrets"));
        List<String> addresses = plan.workloads().stream()
                .flatMap(workload -> workload.exposedPorts().stream()
                        .map(port -> "- `%s`, port %s: `localhost:%s`\n"
                                .formatted(workload.name(), port.name(), port.published())))
                .toList();
        if (!addresses.isEmpty()) {
            text.append("\nReached from outside by default at:\n\n").append(String.join("", addresses));
        }
    }

    private static String makeDirectories(Collection<SecretKey> keys) {
        return keys.stream()
                .map(key -> " secrets/" + key.name())
                .distinct()
                .sorted()
                .collect(Collectors.joining("", "mkdir -p", ""));
    }

    private static String listed(Collection<SecretKey> keys, Function<SecretKey, String> line) {
        return keys.stream().map(key -> "   - %s\n".formatted(line.apply(key))).collect(Collectors.joining());
    }

    private void kubernetes() {
        String name = ResourceNames.of(input.composition());
        text.append("""

                ## Run it on Kubernetes

                %s```
                kubectl create namespace %s
                """.formatted(
                        secrets.all().isEmpty()
                                ? ""
                                : "A Secret is made from files: write each secret into its file first, without a line break at"
                                        + " its end (`printf %%s SECRET >FILE`), or make it another way. `%s` makes their"
                                                .formatted(makeDirectories(secrets.all()))
                                        + " directories.\n\n",
                        name));
        secrets.all().stream()
                .collect(Collectors.groupingBy(SecretKey::name, java.util.TreeMap::new, Collectors.toList()))
                .forEach((secret, keys) -> text.append("kubectl --namespace %s create secret generic %s%s\n"
                        .formatted(
                                name,
                                secret,
                                keys.stream()
                                        .map(key -> " --from-file=%s=./secrets/%s/%s"
                                                .formatted(key.key(), secret, key.key()))
                                        .collect(Collectors.joining()))));
        text.append("""
                kubectl --namespace %s apply --kustomize kubernetes
                ```

                No namespace is set, so that a place can choose one; give each composition its own. Configuration is in
                ConfigMaps, to be patched by an overlay; restart the workload afterwards. Another registry goes into `images`
                of an overlay's kustomization. The network policies let a workload be reached only by those that the lock
                binds to it, and by anyone at exposed ports; where something undeclared must get in, add a policy that
                allows it.
                """.formatted(name));
        plan.workloads().stream()
                .filter(workload -> !workload.exposedPorts().isEmpty())
                .forEach(workload -> {
                    Workload.Port port = workload.exposedPorts().getFirst();
                    text.append(
                                    "\n`%s` is for people outside: add an Ingress or a Gateway route, or try `kubectl --namespace %s"
                                            .formatted(workload.name(), name))
                            .append(" port-forward service/%s %s:%s`.\n"
                                    .formatted(workload.name(), port.published(), port.number()));
                });
    }

    private void secrets() {
        if (secrets.all().isEmpty()) {
            return;
        }
        text.append("""

                ## Secrets

                APG puts no secret into a bundle, only names; what you write into `.env` and `secrets/` stays with you. In Kubernetes
                each is a key of a Secret.

                | secret | key | used by | Compose takes it from |
                |---|---|---|---|
                """);
        secrets.all()
                .forEach(key -> text.append(
                        "| `%s` | `%s` | %s | %s |\n".formatted(key.name(), key.key(), users(key), source(key))));
        if (!secrets.descriptions().isEmpty()) {
            text.append("\nWhat goes into them:\n\n");
            secrets.all().stream()
                    .filter(secrets.descriptions()::containsKey)
                    .forEach(key -> text.append("- `%s`, key `%s`: %s\n"
                            .formatted(
                                    key.name(),
                                    key.key(),
                                    MarkdownText.line(secrets.descriptions().getOrDefault(key, "")))));
        }
        text.append("""

                Compose has no way to make one of its `secrets:` a variable of a process. So a secret that any process gets as
                a variable comes from `.env` or the shell, and those who get it as a file (in a variable whose name ends in
                `_FILE`) get a copy of the same; each other secret comes from a file. Give `.env` and `secrets/` to nobody
                else, and do not commit them.
                """);
    }

    private String source(SecretKey key) {
        return secrets.variables().contains(key)
                ? "variable `%s`".formatted(variables.secretVariable(key))
                : "file `%s`, or where `%s` points"
                        .formatted(PlaceVariables.secretPath(key), variables.secretFileVariable(key));
    }

    private String users(SecretKey key) {
        return plan.workloads().stream()
                .filter(workload -> workload.secretVariables().contains(key)
                        || workload.secretFiles().contains(key))
                .map(workload -> "`" + workload.name() + "`")
                .collect(Collectors.joining(", "));
    }
}
