package dev.apg.contract.capability;

import dev.apg.contract.VisibleText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a version runs.
 *
 * @param image with a tag or a digest; a tag alone is reported as not pinned
 * @param command replaces the image's entry point; empty: the image's own
 * @param user numeric user; 0: the image needs root; absent: the image's own user
 * @param readOnlyRoot whether the image runs on a read-only root file system
 * @param replicas 0 to 1,000; absent: 1; with a persistent volume, never more than one runs
 */
public record RuntimeDescriptor(
        @NotNull @Size(min = 1, max = 500) String image,
        @Size(max = 100) List<@Size(max = 4_000) String> command,
        @Size(max = 100) List<@Size(max = 4_000) String> args,
        @Nullable @Min(0) @Max(2_147_483_647L) Long user,
        boolean readOnlyRoot,
        @Size(max = 50) List<@Valid Port> ports,
        @Size(max = 500) List<@Valid EnvironmentVariable> environment,
        @Size(max = 50) List<@Valid Volume> volumes,
        @Nullable @Valid HealthCheck health,
        @Nullable @Valid Resources resources,
        @Nullable @Min(0) @Max(1_000) Integer replicas) {

    public RuntimeDescriptor {
        command = copy(command);
        args = copy(args);
        ports = copy(ports);
        environment = copy(environment);
        volumes = copy(volumes);
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /**
     * A port that the process listens on.
     *
     * @param service the provided service that is spoken here, if any
     * @param exposed whether people outside reach the application here
     */
    public record Port(
            @NotNull
            @Pattern(regexp = "[a-z0-9](?:[a-z0-9-]{0,13}[a-z0-9])?", message = "a DNS label of at most 15 characters")
            String name,

            @NotNull @Min(1) @Max(65_535) Integer port,
            @Nullable PortProtocol protocol,

            @Nullable @Pattern(regexp = Codes.CODE, message = "a code such as cart-store")
            String service,

            boolean exposed) {}

    /** A variable of the process. Exactly one of {@code value, configuration, provider, secret} is given. */
    public record EnvironmentVariable(
            @NotNull @Pattern(regexp = "[A-Za-z_][A-Za-z0-9_.-]{0,254}", message = "a name such as REDIS_ADDR")
            String name,

            @Nullable @Size(max = 32_000) String value,
            @Nullable @VisibleText @Size(min = 1, max = 200) String configuration,
            @Nullable @Valid ProviderAddress provider,
            @Nullable @Valid SecretReference secret) {}

    /**
     * Where the provider of a requirement is reached.
     *
     * @param port the provider's port; absent: the one that speaks the required service, else its only port
     * @param template may use {@code {host}} and {@code {port}}; absent: {@code {host}:{port}}
     */
    public record ProviderAddress(
            @NotNull @VisibleText @Size(min = 1, max = 201) String requirement,
            @Nullable @VisibleText @Size(min = 1, max = 15) String port,

            @Nullable @VisibleText @Size(min = 1, max = 1_000)
            String template) {}

    /**
     * Names a secret of the environment; the secret itself is never here.
     *
     * @param description what it is and which form it has, for whoever gives it; one line, at most 500 characters
     */
    public record SecretReference(
            @NotNull @Pattern(regexp = Codes.DNS_LABEL, message = "a DNS label such as redis")
            String name,

            @NotNull @Pattern(regexp = "[A-Za-z0-9._-]{1,253}", message = "a key such as password")
            String key,

            @Nullable @VisibleText @Size(min = 1, max = 500) String description) {}

    /** A directory that is mounted. {@code size} is a quantity such as {@code 1Gi}. */
    public record Volume(
            @NotNull @Pattern(regexp = Codes.DNS_LABEL, message = "a DNS label such as data")
            String name,

            @NotNull @VisibleText @Pattern(regexp = "/[^\\s:]{0,499}", message = "an absolute path such as /data")
            String path,

            @Nullable VolumeKind kind,

            @Nullable @Pattern(regexp = QUANTITY, message = "a quantity such as 1Gi")
            String size) {}

    /** How the process is asked whether it is well; see {@code docs/formats.md} for which fields go with which kind. */
    public record HealthCheck(
            @NotNull HealthKind kind,
            @Nullable @VisibleText @Size(min = 1, max = 15) String port,

            @Nullable @VisibleText @Pattern(regexp = "/[^\\s]{0,999}", message = "an absolute path such as /healthz")
            String path,

            @Nullable @Size(min = 1, max = 100) List<@Size(max = 4_000) String> command,
            @Nullable @Min(0) @Max(3_600) Integer initialDelaySeconds,
            @Nullable @Min(1) @Max(3_600) Integer periodSeconds,
            @Nullable @Min(1) @Max(3_600) Integer timeoutSeconds,
            @Nullable @Min(1) @Max(1_000) Integer failureThreshold) {

        public HealthCheck {
            command = command == null ? null : List.copyOf(command);
        }
    }

    public record Resources(
            @Nullable @Valid Quantities requests,
            @Nullable @Valid Quantities limits) {}

    /** Processor and memory as Kubernetes quantities, such as {@code 200m} and {@code 64Mi}. */
    public record Quantities(
            @Nullable @Pattern(regexp = QUANTITY, message = "a quantity such as 200m")
            String cpu,

            @Nullable @Pattern(regexp = QUANTITY, message = "a quantity such as 64Mi")
            String memory) {}

    private static final String QUANTITY = "[0-9]{1,12}(?:\\.[0-9]{1,6})?(?:m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?";
}
