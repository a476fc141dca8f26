package dev.apg.server.capability;

import dev.apg.contract.capability.Codes;
import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Requirement;
import dev.apg.contract.capability.Target;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.server.capability.Mentions.Name;
import dev.apg.server.capability.VersionStructure.Kind;
import dev.apg.server.capability.document.Findings;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Looks up what a document names that is refused for other reasons, so that its author hears of everything at once. A
 * document without errors is judged where it is written, under locks.
 */
@Component
class UnknownReferences {
    private static final Pattern CODE = Pattern.compile(Codes.CODE);

    private final CapabilityRepository capabilities;
    private final ReferenceRepository references;
    private final TenantTransactions transactions;

    UnknownReferences(
            CapabilityRepository capabilities, ReferenceRepository references, TenantTransactions transactions) {
        this.capabilities = capabilities;
        this.references = references;
        this.transactions = transactions;
    }

    /** Notes every readable reference to something that is not registered. */
    void note(TenantContext context, VersionDocument document, Findings findings) {
        Map<String, Name> names = names(document);
        if (names.isEmpty()) {
            return;
        }
        UUID tenant = context.tenantId();
        transactions.read(tenant, () -> {
            Set<String> known =
                    capabilities.ids(tenant, codes(names, Kind.CAPABILITY)).keySet();
            Set<String> services =
                    references.serviceIds(tenant, codes(names, Kind.SERVICE)).keySet();
            names.forEach((field, name) -> {
                boolean there = switch (name.kind()) {
                    case CAPABILITY -> known.contains(name.code());
                    case SERVICE -> services.contains(name.code());
                };
                if (!there) {
                    findings.error(field, name.code(), Judgement.expected(name.kind()), Judgement.unknown(name.kind()));
                }
            });
            return names;
        });
    }

    /** By field; what the document defines itself is left out. */
    private static Map<String, Name> names(VersionDocument document) {
        Map<String, Name> names = new LinkedHashMap<>();
        for (int i = 0; i < document.requirements().size(); i++) {
            Requirement requirement = document.requirements().get(i);
            List<Target> targets = requirement.targets();
            for (int j = 0; j < targets.size(); j++) {
                String field = requirement.anyOf() == null
                        ? "requirements[%d]".formatted(i)
                        : "requirements[%d].any_of[%d]".formatted(i, j);
                add(names, field, targets.get(j));
            }
        }
        for (int i = 0; i < document.conflicts().size(); i++) {
            add(names, "conflicts[%d]".formatted(i), document.conflicts().get(i));
        }
        Set<String> provided = document.provides().stream()
                .map(Provision::service)
                .filter(Objects::nonNull)
                .map(service -> service.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String own = String.valueOf(document.capability()).toLowerCase(Locale.ROOT);
        names.values().removeIf(name -> switch (name.kind()) {
            case CAPABILITY -> name.code().equals(own);
            case SERVICE -> provided.contains(name.code());
        });
        return names;
    }

    private static void add(Map<String, Name> names, String field, Target target) {
        if (target.capability() != null && CODE.matcher(target.capability()).matches()) {
            names.put(
                    field + ".capability",
                    new Name(Kind.CAPABILITY, target.capability().toLowerCase(Locale.ROOT)));
        }
        if (target.service() != null && CODE.matcher(target.service()).matches()) {
            names.put(
                    field + ".service", new Name(Kind.SERVICE, target.service().toLowerCase(Locale.ROOT)));
        }
    }

    private static List<String> codes(Map<String, Name> names, Kind kind) {
        return names.values().stream()
                .filter(name -> name.kind() == kind)
                .map(Name::code)
                .distinct()
                .toList();
    }
}
