package dev.apg.server.capability;

import dev.apg.contract.capability.About;
import dev.apg.contract.capability.Provision;
import dev.apg.contract.capability.Status;
import dev.apg.contract.capability.VersionDocument;
import dev.apg.contract.capability.VersionState;
import dev.apg.contract.capability.Warning;
import dev.apg.server.capability.Mentions.Place;
import dev.apg.server.capability.VersionStructure.Target;
import dev.apg.server.capability.document.CheckedVersion;
import dev.apg.server.capability.document.Findings;
import dev.apg.server.grant.Grant;
import dev.apg.server.tenancy.TenantContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one request asks to publish: one version, or the many of an import. Everything in it passed the checks that need
 * no database. Its versions may name each other; it is accepted or refused as a whole.
 */
final class Submission {
    /** Most warnings of one answer; their number is told in any case. */
    static final int MOST_WARNINGS = 1_000;

    private final TenantContext by;
    private final Optional<Grant> owner;
    private final Map<VersionKey, Candidate> versions = new LinkedHashMap<>();
    private final Map<String, Describing> capabilities = new LinkedHashMap<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final Map<VersionKey, Standing> standings = new LinkedHashMap<>();
    private final Mentions mentions = new Mentions();
    private final Bounded<Warning> warnings = new Bounded<>(MOST_WARNINGS);

    Submission(TenantContext by) {
        this(by, Optional.empty());
    }

    /** @param owner of the capabilities that are new */
    Submission(TenantContext by, Optional<Grant> owner) {
        this.by = by;
        this.owner = owner;
    }

    /** What is stored of a version; fetched when it is written, because an import keeps its documents in a file. */
    record Content(byte[] canonical, String structure) {}

    /** Fetches content. */
    @FunctionalInterface
    interface Fetch {
        Content content();
    }

    /** A version to publish. */
    record Candidate(
            VersionKey key,
            String digest,
            @Nullable About about,
            @Nullable String source,
            @Nullable Integer line,
            Fetch fetch) {}

    /** What an import says of a capability itself. */
    record Describing(
            @Nullable About about,
            @Nullable Status status,
            @Nullable String source,
            @Nullable Integer line) {}

    /** What an import says of a version's state; the digest is given for tombstones. */
    record Standing(
            VersionKey key,
            VersionState state,
            @Nullable String reason,
            @Nullable String digest,
            @Nullable String source,
            @Nullable Integer line) {}

    TenantContext by() {
        return by;
    }

    /** Of the capabilities that are new. */
    Optional<Grant> owner() {
        return owner;
    }

    /** Adds a version; gives the earlier one, and adds nothing, if the submission already has this number. */
    Optional<Candidate> add(CheckedVersion version, @Nullable String source, Findings.Lines lines, Fetch fetch) {
        VersionDocument document = version.document();
        var key = new VersionKey(document.capability(), version.number());
        @Nullable Candidate earlier = versions.get(key);
        if (earlier != null) {
            return Optional.of(earlier);
        }
        versions.put(
                key,
                new Candidate(key, version.digest().toString(), document.about(), source, lines.of("version"), fetch));
        mentions.define(key.capability());
        for (Provision provision : document.provides()) {
            mentions.provide(key.capability(), provision.service(), provision.version());
        }
        for (int i = 0; i < document.requirements().size(); i++) {
            boolean inShort = version.written().requirements().get(i).anyOf() == null;
            List<dev.apg.contract.capability.Target> targets =
                    document.requirements().get(i).targets();
            for (int j = 0; j < targets.size(); j++) {
                String field = inShort ? "requirements[" + i + "]" : "requirements[" + i + "].any_of[" + j + "]";
                mentions.require(Target.of(targets.get(j)), new Place(source, lines.of(field), key, field.intern()));
            }
        }
        for (int i = 0; i < document.conflicts().size(); i++) {
            String field = ("conflicts[" + i + "]").intern();
            mentions.exclude(Target.of(document.conflicts().get(i)), new Place(source, lines.of(field), key, field));
        }
        warnings.addAll(version.warnings());
        return Optional.empty();
    }

    /** Describes a capability; false if the submission already does. */
    boolean describe(String capability, Describing describing) {
        mentions.define(capability);
        return capabilities.putIfAbsent(capability, describing) == null;
    }

    /** Declares a service; false if the submission already does. */
    boolean declare(String service, String description) {
        mentions.declare(service);
        return services.putIfAbsent(service, description) == null;
    }

    /** Says in which state a version is; false if the submission already does. */
    boolean stand(Standing standing) {
        return standings.putIfAbsent(standing.key(), standing) == null;
    }

    Map<VersionKey, Candidate> versions() {
        return versions;
    }

    Map<String, Describing> capabilities() {
        return capabilities;
    }

    Map<String, String> services() {
        return services;
    }

    Map<VersionKey, Standing> standings() {
        return standings;
    }

    Mentions mentions() {
        return mentions;
    }

    /** Of the documents themselves; the database adds its own. */
    Bounded<Warning> warnings() {
        return warnings;
    }
}
