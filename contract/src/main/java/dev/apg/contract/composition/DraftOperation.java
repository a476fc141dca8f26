package dev.apg.contract.composition;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.apg.contract.capability.Codes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of a draft, as people, machines and fixes write it; {@code op} says which. What each does and when it is
 * refused is in {@code docs/compositions.md}. A range that is left out is {@code *}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DraftOperation.AddMember.class, name = "add_member"),
    @JsonSubTypes.Type(value = DraftOperation.RemoveMember.class, name = "remove_member"),
    @JsonSubTypes.Type(value = DraftOperation.SetRange.class, name = "set_range"),
    @JsonSubTypes.Type(value = DraftOperation.SetConfiguration.class, name = "set_configuration"),
    @JsonSubTypes.Type(value = DraftOperation.RequireService.class, name = "require_service"),
    @JsonSubTypes.Type(value = DraftOperation.DropService.class, name = "drop_service"),
    @JsonSubTypes.Type(value = DraftOperation.Pin.class, name = "pin"),
    @JsonSubTypes.Type(value = DraftOperation.Unpin.class, name = "unpin"),
    @JsonSubTypes.Type(value = DraftOperation.Exclude.class, name = "exclude"),
    @JsonSubTypes.Type(value = DraftOperation.Include.class, name = "include"),
    @JsonSubTypes.Type(value = DraftOperation.SetPolicy.class, name = "set_policy"),
    @JsonSubTypes.Type(value = DraftOperation.Replace.class, name = "replace"),
})
public sealed interface DraftOperation {

    /** The {@code op} of the operation. */
    @JsonIgnore
    default String op() {
        return switch (this) {
            case AddMember addMember -> "add_member";
            case RemoveMember removeMember -> "remove_member";
            case SetRange setRange -> "set_range";
            case SetConfiguration setConfiguration -> "set_configuration";
            case RequireService requireService -> "require_service";
            case DropService dropService -> "drop_service";
            case Pin pin -> "pin";
            case Unpin unpin -> "unpin";
            case Exclude exclude -> "exclude";
            case Include include -> "include";
            case SetPolicy setPolicy -> "set_policy";
            case Replace replace -> "replace";
        };
    }

    /** Names a capability that is not a member yet. */
    record AddMember(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability,

            @Nullable @Size(max = Codes.RANGE_LENGTH) String range,
            @Nullable Map<String, Object> configuration)
            implements DraftOperation {}

    record RemoveMember(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability) implements DraftOperation {}

    /** Changes the range of a member. */
    record SetRange(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability,

            @Nullable @Size(max = Codes.RANGE_LENGTH) String range)
            implements DraftOperation {}

    /** Changes the whole configuration of a member or of a capability that is pulled in; left out: removes it. */
    record SetConfiguration(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability,

            @Nullable Map<String, Object> configuration)
            implements DraftOperation {}

    /** Adds a need that any provider may meet, or changes its range. */
    record RequireService(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
            String service,

            @Nullable @Size(max = Codes.RANGE_LENGTH) String range)
            implements DraftOperation {}

    record DropService(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
            String service) implements DraftOperation {}

    /** If the capability is chosen, then in exactly this version. */
    record Pin(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability,

            @NotNull @Size(max = 256) String version)
            implements DraftOperation {}

    record Unpin(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability) implements DraftOperation {}

    /** These versions of the capability must not be chosen. */
    record Exclude(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability,

            @Nullable @Size(max = Codes.RANGE_LENGTH) String range)
            implements DraftOperation {}

    /** Takes back an exclusion with exactly this range. */
    record Include(
            @NotNull @Pattern(regexp = Codes.CODE, message = "a code such as redis or acme/redis")
            String capability,

            @Nullable @Size(max = Codes.RANGE_LENGTH) String range)
            implements DraftOperation {}

    record SetPolicy(@NotNull @Valid Policy policy) implements DraftOperation {}

    /** The whole draft at once. */
    record Replace(@NotNull @Valid DraftDocument document) implements DraftOperation {}
}
