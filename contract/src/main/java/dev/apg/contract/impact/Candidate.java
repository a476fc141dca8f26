package dev.apg.contract.impact;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.apg.contract.capability.Codes;
import dev.apg.contract.capability.StateChange;
import dev.apg.contract.capability.VersionDocument;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A change that is only asked about; {@code kind} says which. What is answered is in {@code docs/impact.md}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Candidate.CandidateDocument.class, name = "document"),
    @JsonSubTypes.Type(value = Candidate.CandidateVersion.class, name = "version"),
    @JsonSubTypes.Type(value = Candidate.CandidateState.class, name = "state"),
    @JsonSubTypes.Type(value = Candidate.CandidateStatus.class, name = "status"),
})
public sealed interface Candidate {

    /** A version that is to be published; it is checked as publishing would, except for the permission to publish. */
    record CandidateDocument(@NotNull VersionDocument document) implements Candidate {}

    /** A version that is there: who could take it, and who not. */
    record CandidateVersion(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability,

            @NotNull @Size(max = 256) String version)
            implements Candidate {}

    /** Another state of a version. */
    record CandidateState(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability,

            @NotNull @Size(max = 256) String version,
            @NotNull StateChange.Wanted state)
            implements Candidate {}

    /** Another status of a capability, which concerns all its versions. */
    record CandidateStatus(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability,

            @NotNull Ending status)
            implements Candidate {}

    /** The statuses that may take versions from compositions. */
    enum Ending {
        @JsonProperty("deprecated")
        DEPRECATED,
        @JsonProperty("retired")
        RETIRED
    }
}
