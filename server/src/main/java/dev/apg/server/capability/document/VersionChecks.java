package dev.apg.server.capability.document;

import dev.apg.contract.canonical.CanonicalFormException;
import dev.apg.contract.canonical.Digest;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.web.DocumentReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every rule that a version's document must keep and that can be checked by looking at the document alone. */
@Component
public class VersionChecks {
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final DocumentReader reader;
    private final ContractChecks contracts;
    private final ConfigurationSchemaChecks schemas;

    VersionChecks(DocumentReader reader, ContractChecks contracts, ConfigurationSchemaChecks schemas) {
        this.reader = reader;
        this.contracts = contracts;
        this.schemas = schemas;
    }

    /** Notes every error of the document; gives it in canonical form if there are none. */
    public Optional<CheckedVersion> check(VersionDocument document, Findings findings) {
        try {
            return inspect(document, findings);
        } catch (CanonicalFormException unwritable) {
            // Half a surrogate pair, or an integer that no double holds.
            findings.error(unwritable.pointer(), null, "what RFC 8785 can write", "json.not_canonical");
            return Optional.empty();
        }
    }

    private Optional<CheckedVersion> inspect(VersionDocument document, Findings findings) {
        reader.violations(document).forEach(findings::add);
        DependencyChecks.spelling(document, findings);
        VersionDocument normal = NormalForm.of(document);
        @Nullable SemVer number = number(normal, findings);
        DependencyChecks.check(normal, document, findings);
        contracts.check(document.contracts(), findings);
        if (normal.configurationSchema() != null) {
            schemas.check(normal.configurationSchema(), findings);
        }
        if (normal.runtime() != null) {
            RuntimeChecks.check(normal, normal.runtime(), findings);
        }
        if (number == null || findings.hasErrors()) {
            return Optional.empty();
        }
        byte[] canonical = CanonicalForm.bytes(normal, number.toString());
        if (canonical.length > MAX_BYTES) {
            findings.error("", canonical.length + " bytes", "at most 4 MiB", "too_large");
            return Optional.empty();
        }
        return Optional.of(new CheckedVersion(
                document,
                normal,
                number.toString(),
                canonical,
                Digest.of(canonical),
                findings.warnings(normal.capability(), number.toString())));
    }

    private static @Nullable SemVer number(VersionDocument document, Findings findings) {
        // A missing number is reported by the record's constraint.
        @Nullable String text = document.version();
        if (text == null) {
            return null;
        }
        try {
            SemVer number = SemVer.parse(text);
            if (!number.build().isEmpty()) {
                findings.warning(
                        "version",
                        "build metadata is not identity and is not kept: this is version %s".formatted(number),
                        "version.build_metadata");
            }
            return number;
        } catch (VersionSyntaxException notSemVer) {
            findings.error("version", text, notSemVer.expected(), "version.malformed");
            return null;
        }
    }
}
