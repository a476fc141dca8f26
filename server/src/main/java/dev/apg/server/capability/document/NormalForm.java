package dev.apg.server.capability.document;

import dev.apg.contract.capability.ContractDocument;
import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.RuntimeDescriptor;
import dev.apg.contract.capability.RuntimeDescriptor.EnvironmentVariable;
import dev.apg.contract.capability.RuntimeDescriptor.Port;
import dev.apg.contract.capability.RuntimeDescriptor.ProviderAddress;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way of writing for what can be written in several: codes in lower case, every requirement with a name and {@code
 * any_of}, contracts as text. Indexes stay, so a field's path means the same before and after.
 */
final class NormalForm {
    private NormalForm() {}

    static VersionDocument of(VersionDocument document) {
        return new VersionDocument(
                document.format(),
                lower(document.capability()),
                document.version(),
                document.about(),
                document.provides().stream()
                        .map(provision -> new Provision(lower(provision.service()), provision.version()))
                        .toList(),
                document.requirements().stream().map(NormalForm::requirement).toList(),
                document.conflicts().stream().map(NormalForm::target).toList(),
                document.contracts().stream().map(NormalForm::contract).toList(),
                document.configurationSchema(),
                document.cost(),
                document.runtime() == null ? null : runtime(document.runtime()));
    }

    private static Requirement requirement(Requirement requirement) {
        List<Target> targets =
                requirement.targets().stream().map(NormalForm::target).toList();
        String name = requirement.name() != null ? lower(requirement.name()) : defaultName(targets);
        return new Requirement(name, requirement.strength(), targets, null, null, null);
    }

    /** The name of a requirement that gives none. */
    static @Nullable String defaultName(List<Target> targets) {
        if (targets.isEmpty()) {
            return null;
        }
        Target first = targets.getFirst();
        return first.capability() != null ? first.capability() : first.service();
    }

    private static Target target(Target target) {
        return new Target(lower(target.capability()), lower(target.service()), target.range());
    }

    private static ContractDocument contract(ContractDocument contract) {
        boolean mapping = contract.document() instanceof Map<?, ?>;
        return new ContractDocument(
                contract.name(),
                contract.type(),
                mapping ? CanonicalForm.text(contract.document()) : contract.document());
    }

    private static RuntimeDescriptor runtime(RuntimeDescriptor runtime) {
        return new RuntimeDescriptor(
                runtime.image(),
                runtime.command(),
                runtime.args(),
                runtime.user(),
                runtime.readOnlyRoot(),
                runtime.ports().stream()
                        .map(port -> new Port(
                                port.name(), port.port(), port.protocol(), lower(port.service()), port.exposed()))
                        .toList(),
                runtime.environment().stream().map(NormalForm::variable).toList(),
                runtime.volumes(),
                runtime.health(),
                runtime.resources(),
                runtime.replicas());
    }

    private static EnvironmentVariable variable(EnvironmentVariable variable) {
        ProviderAddress provider = variable.provider();
        return new EnvironmentVariable(
                variable.name(),
                variable.value(),
                variable.configuration(),
                provider == null
                        ? null
                        : new ProviderAddress(lower(provider.requirement()), provider.port(), provider.template()),
                variable.secret());
    }

    // Null in, null out: what is missing is reported by the constraints of the record, not here.
    @SuppressWarnings("NullAway")
    private static String lower(@Nullable String code) {
        return code == null ? null : code.toLowerCase(Locale.ROOT);
    }
}
