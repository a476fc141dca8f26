package dev.apg.server.composition;

import dev.apg.contract.ProblemDocument.FieldError;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.capability.Warning;
import dev.apg.contract.composition.DraftDocument;
import dev.apg.contract.composition.DraftOperation;
import dev.apg.contract.composition.ResolveOptions;
import dev.apg.resolver.version.SemVer;
import dev.apg.resolver.version.VersionSyntaxException;
import dev.apg.server.catalog.CapabilityEntry;
import dev.apg.server.catalog.Catalog;
import dev.apg.server.catalog.Snapshot;
import dev.apg.server.platform.NearCodes;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/**
 * The codes that a draft may name: those that the catalogue has. Capabilities and services are never deleted, so a code
 * that was known stays known.
 */
@Component
class Vocabulary {
    /** Errors of one request; a document of a thousand unknown names needs no longer list to be mended. */
    private static final int MAX_ERRORS = 50;

    private final Catalog catalog;

    Vocabulary(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @param place the path of the list of operations, to which {@code [i].} is added; empty if the only operation is a
     *     document that is the request itself
     * @throws Rejection 422 {@code capability.unknown} or {@code service.unknown}, with a near code if there is one, or
     *     {@code version.unknown}; of a whole document also all else that is wrong with it, so that its author need not
     *     send it once for each error
     */
    void require(TenantContext context, List<DraftOperation> operations, String place) {
        judge(context, (snapshot, errors) -> {
            for (int i = 0; i < operations.size() && errors.size() < MAX_ERRORS; i++) {
                String path = place.isEmpty() ? "" : "%s[%d].".formatted(place, i);
                check(snapshot, operations.get(i), path, errors);
            }
        });
    }

    /**
     * The same for a whole document.
     *
     * @param path of the document in the request, ending in a dot
     */
    void require(TenantContext context, DraftDocument document, String path) {
        judge(context, (snapshot, errors) -> document(snapshot, document, path, errors));
    }

    /**
     * The capabilities that a request frees from the previous lock.
     *
     * @param path of the options in the request, ending in a dot unless they are the request
     */
    void require(TenantContext context, ResolveOptions options, String path) {
        if (options.update().isEmpty()) {
            return;
        }
        judge(context, (snapshot, errors) -> {
            int at = 0;
            for (String code : options.update()) {
                capability(snapshot, "%supdate[%d]".formatted(path, at++), code, errors);
            }
        });
    }

    /** What should be known of accepted operations. */
    List<Warning> warnings(TenantContext context, List<DraftOperation> operations, String place) {
        return DraftWarnings.of(catalog.snapshot(context), operations, place);
    }

    /** Before anybody is told that a name is unknown, the snapshot has caught up with what this node has acknowledged. */
    private void judge(TenantContext context, BiConsumer<Snapshot, List<FieldError>> rules) {
        if (!errors(catalog.snapshot(context), rules).isEmpty()) {
            List<FieldError> errors = errors(catalog.snapshot(catalog.afterOwnWrites(context)), rules);
            if (!errors.isEmpty()) {
                throw Rejection.invalid(errors.stream().limit(MAX_ERRORS).toList());
            }
        }
    }

    private static List<FieldError> errors(Snapshot snapshot, BiConsumer<Snapshot, List<FieldError>> rules) {
        List<FieldError> errors = new ArrayList<>();
        rules.accept(snapshot, errors);
        return errors;
    }

    private static void check(Snapshot snapshot, DraftOperation operation, String path, List<FieldError> errors) {
        switch (operation) {
            case DraftOperation.AddMember add -> capability(snapshot, path + "capability", add.capability(), errors);
            case DraftOperation.SetConfiguration set ->
                capability(snapshot, path + "capability", set.capability(), errors);
            case DraftOperation.RequireService require ->
                service(snapshot, path + "service", require.service(), errors);
            case DraftOperation.Pin pin -> {
                capability(snapshot, path + "capability", pin.capability(), errors);
                version(snapshot, path + "version", pin.capability(), pin.version(), errors);
            }
            case DraftOperation.Exclude exclude ->
                capability(snapshot, path + "capability", exclude.capability(), errors);
            case DraftOperation.Replace replace ->
                document(snapshot, replace.document(), path.isEmpty() ? "" : path + "document.", errors);
            // These name what the draft already names, or nothing.
            case DraftOperation.RemoveMember remove -> {}
            case DraftOperation.SetRange set -> {}
            case DraftOperation.DropService drop -> {}
            case DraftOperation.Unpin unpin -> {}
            case DraftOperation.Include include -> {}
            case DraftOperation.SetPolicy set -> {}
        }
    }

    private static void document(Snapshot snapshot, DraftDocument document, String path, List<FieldError> errors) {
        DraftDocuments.refusals(document).forEach(refused -> errors.add(Operations.error(refused, path)));
        for (int i = 0; i < document.members().size(); i++) {
            String code = document.members().get(i).capability();
            capability(snapshot, "%smembers[%d].capability".formatted(path, i), code, errors);
        }
        for (int i = 0; i < document.services().size(); i++) {
            String code = document.services().get(i).service();
            service(snapshot, "%sservices[%d].service".formatted(path, i), code, errors);
        }
        for (Map.Entry<String, String> pin : document.pins().entrySet()) {
            capability(snapshot, path + "pins." + pin.getKey(), pin.getKey(), errors);
            version(snapshot, path + "pins." + pin.getKey(), pin.getKey(), pin.getValue(), errors);
        }
        for (int i = 0; i < document.exclusions().size(); i++) {
            String code = document.exclusions().get(i).capability();
            capability(snapshot, "%sexclusions[%d].capability".formatted(path, i), code, errors);
        }
        for (String code : document.configuration().keySet()) {
            capability(snapshot, path + "configuration." + code, code, errors);
        }
    }

    private static void capability(Snapshot snapshot, String field, String value, List<FieldError> errors) {
        String code = DraftSyntax.lower(value);
        if (isOpen(field, errors) && snapshot.capability(code).isEmpty()) {
            errors.add(Rejection.at(field, value, snapshot.expectedCapability(code), "capability.unknown"));
        }
    }

    private static void service(Snapshot snapshot, String field, String value, List<FieldError> errors) {
        String code = DraftSyntax.lower(value);
        if (isOpen(field, errors) && snapshot.service(code).isEmpty()) {
            String expected = "a known service" + NearCodes.hint(snapshot.nearService(code));
            errors.add(Rejection.at(field, value, expected, "service.unknown"));
        }
    }

    /** Whether there is room for another error, and none of this field yet. */
    private static boolean isOpen(String field, List<FieldError> errors) {
        return errors.size() < MAX_ERRORS
                && errors.stream().noneMatch(error -> error.field().equals(field));
    }

    /** A pin is to one that exists: a release that is still to come is what a range is for. */
    private static void version(
            Snapshot snapshot, String field, String capability, String number, List<FieldError> errors) {
        Optional<CapabilityEntry> entry = snapshot.capability(DraftSyntax.lower(capability));
        if (!isOpen(field, errors) || entry.isEmpty()) {
            return;
        }
        SemVer wanted;
        try {
            wanted = SemVer.parse(number);
        } catch (VersionSyntaxException malformed) {
            return; // Refused with what is wrong with it where the operation is applied or the document is read.
        }
        boolean known = entry.get()
                .version(wanted)
                .filter(version -> version.state() != VersionState.PURGED)
                .isPresent();
        if (!known) {
            errors.add(Rejection.at(field, wanted, entry.get().expectedVersion(wanted), "version.unknown"));
        }
    }
}
