package dev.apg.server.composition.bundle;

import dev.apg.contract.canonical.Digest;
import dev.apg.server.composition.bundle.Workload.SecretKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The Compose variables that leave open what differs by place: images, published ports, configuration, secrets. Two uses
 * whose names would be the same get a hash of what they are for, so that one never sets the other.
 */
final class PlaceVariables {
    private static final int HASH_LENGTH = 6;

    /**
     * What may stand as a default inside {@code ${NAME:-…}}. Compose has no escape for a brace there, and readers
     * disagree about backslashes and line breaks.
     */
    private static final Pattern DEFAULT = Pattern.compile("[^$\\\\{}\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}\\x{FEFF}]*");

    private final List<Variable> variables;
    private final ComposeSecrets secrets;
    private final Map<String, String> names = new LinkedHashMap<>();

    private PlaceVariables(List<Variable> variables, ComposeSecrets secrets) {
        this.variables = variables;
        this.secrets = secrets;
        Map<String, List<Variable>> byName = new TreeMap<>();
        variables.forEach(variable -> byName.computeIfAbsent(variable.name(), name -> new ArrayList<>())
                .add(variable));
        byName.forEach((name, sharing) -> sharing.forEach(variable -> names.put(
                variable.use(),
                sharing.size() == 1
                        ? name
                        : name + "_"
                                + Digest.of(variable.use())
                                        .hex()
                                        .substring(0, HASH_LENGTH)
                                        .toUpperCase(Locale.ROOT))));
    }

    static PlaceVariables of(List<Workload> workloads) {
        List<Variable> variables = new ArrayList<>();
        for (Workload workload : workloads) {
            variables.add(new Variable(
                    imageUse(workload),
                    upper(workload.name(), "IMAGE"),
                    Optional.of(workload.image().text())));
            workload.exposedPorts()
                    .forEach(port -> variables.add(new Variable(
                            portUse(workload, port),
                            upper(workload.name(), port.name(), "PORT"),
                            Optional.of(String.valueOf(port.published())))));
            workload.configured().stream()
                    .filter(value -> canBeDefault(value.value()))
                    .forEach(value -> variables.add(new Variable(
                            valueUse(workload, value),
                            upper(workload.name(), value.name()),
                            Optional.of(value.value()))));
        }
        ComposeSecrets secrets = ComposeSecrets.of(workloads);
        secrets.variables()
                .forEach(key -> variables.add(new Variable(
                        secretUse(key),
                        upper("SECRET", key.name(), key.key()),
                        Optional.empty(),
                        Optional.ofNullable(secrets.descriptions().get(key)))));
        secrets.files()
                .forEach(key -> variables.add(new Variable(
                        secretFileUse(key),
                        upper("SECRET", key.name(), key.key(), "FILE"),
                        Optional.of(secretPath(key)),
                        Optional.ofNullable(secrets.descriptions().get(key)))));
        return new PlaceVariables(List.copyOf(variables), secrets);
    }

    /** All of them: what each is for, its name, and its default unless it must be given. */
    List<Variable> all() {
        return variables.stream()
                .map(variable ->
                        new Variable(variable.use(), name(variable.use()), variable.fallback(), variable.description()))
                .toList();
    }

    String image(Workload workload) {
        return withDefault(imageUse(workload), workload.image().text());
    }

    String port(Workload workload, Workload.Port port) {
        return withDefault(portUse(workload, port), String.valueOf(port.published()));
    }

    /** The value with its variable; the bare value where Compose could not read it as a default. */
    String configured(Workload workload, Workload.Variable.Configured value) {
        return canBeDefault(value.value())
                ? withDefault(valueUse(workload, value), value.value())
                : escape(value.value());
    }

    String secret(SecretKey key) {
        return "${%s:?give the secret %s, key %s}".formatted(secretVariable(key), key.name(), key.key());
    }

    /** The source of a secret that is mounted as a file. */
    Map<String, Object> secretSource(SecretKey key) {
        return secrets.variables().contains(key)
                ? Fields.of("environment", secretVariable(key))
                : Fields.of("file", withDefault(secretFileUse(key), secretPath(key)));
    }

    ComposeSecrets secrets() {
        return secrets;
    }

    String secretVariable(SecretKey key) {
        return name(secretUse(key));
    }

    String secretFileVariable(SecretKey key) {
        return name(secretFileUse(key));
    }

    /** Where Compose looks for a secret's file unless the place says otherwise. */
    static String secretPath(SecretKey key) {
        return "./secrets/%s/%s".formatted(key.name(), key.key());
    }

    /** Keeps Compose from reading a dollar sign as the start of a variable. */
    static String escape(String text) {
        return text.replace("$", "$$");
    }

    private String withDefault(String use, String value) {
        return "${%s:-%s}".formatted(name(use), value);
    }

    private String name(String use) {
        String name = names.get(use);
        if (name == null) {
            throw new IllegalArgumentException("no variable for the " + use);
        }
        return name;
    }

    private static boolean canBeDefault(String value) {
        return DEFAULT.matcher(value).matches();
    }

    private static String imageUse(Workload workload) {
        return "image of " + workload.name();
    }

    private static String portUse(Workload workload, Workload.Port port) {
        return "host port of %s, port %s".formatted(workload.name(), port.name());
    }

    private static String valueUse(Workload workload, Workload.Variable value) {
        return "%s of %s".formatted(value.name(), workload.name());
    }

    private static String secretUse(SecretKey key) {
        return "secret %s, key %s".formatted(key.name(), key.key());
    }

    private static String secretFileUse(SecretKey key) {
        return "file with the secret %s, key %s".formatted(key.name(), key.key());
    }

    private static String upper(String... parts) {
        String name = String.join("_", parts).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    /**
     * A variable.
     *
     * @param fallback what holds where the place gives nothing; absent: it must be given
     * @param description what those who use it say of it
     */
    record Variable(String use, String name, Optional<String> fallback, Optional<String> description) {
        private Variable(String use, String name, Optional<String> fallback) {
            this(use, name, fallback, Optional.empty());
        }
    }
}
