package dev.apg.server.setting;

import dev.apg.contract.composition.Policy;
import dev.apg.contract.tenant.TenantSettings;
import dev.apg.contract.tenant.TenantSettings.InEffect;
import dev.apg.contract.tenant.TenantSettingsChange;
import dev.apg.server.event.Mutation;
import dev.apg.server.event.Writes;
import dev.apg.server.event.Written;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.setting.SettingRepository.Said;
import dev.apg.server.tenancy.Permission;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenancy.TenantTransactions;
import dev.apg.server.web.IfMatch;
import dev.apg.server.web.Rejection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Reads and changes what a tenant says of how it works; whatever it says nothing of is as the installation has it. */
@Service
class TenantSettingsService {
    private final TenantTransactions transactions;
    private final Writes writes;
    private final SettingRepository repository;
    private final ResolutionPolicies policies;
    private final Optional<Integer> auditRetentionDays;

    TenantSettingsService(
            TenantTransactions transactions,
            Writes writes,
            SettingRepository repository,
            ResolutionPolicies policies,
            Settings settings) {
        this.policies = policies;
        this.transactions = transactions;
        this.writes = writes;
        this.repository = repository;
        this.auditRetentionDays =
                settings.auditRetention().map(Duration::toDays).map(Math::toIntExact);
    }

    /** For every member: what holds for them is no secret. */
    TenantSettings show(TenantContext context) {
        return transactions.read(context.tenantId(), () -> of(context.tenantId()));
    }

    /** @throws Rejection 412, if they were changed meanwhile; 422 {@code objective.not_combined} or {@code objective.repeated} */
    Written<TenantSettings> change(TenantContext context, IfMatch ifMatch, TenantSettingsChange change) {
        context.require(Permission.TENANT_ADMINISTER);
        requireDecided(change);
        UUID tenantId = context.tenantId();
        Written<TenantSettings> written = writes.write(context, journal -> {
            TenantSettings before = of(tenantId);
            ifMatch.check(before.edition());
            if (!repository.save(tenantId, before.edition(), change)) {
                throw Rejection.stale("The settings were changed meanwhile (expected: the present ones)");
            }
            TenantSettings after = of(tenantId);
            journal.record(new Mutation(
                    "tenant.settings_changed",
                    "tenant",
                    tenantId,
                    "settings",
                    Map.of(),
                    Optional.of(before),
                    Optional.of(after)));
            return after;
        });
        policies.forget(tenantId);
        return written;
    }

    private static void requireDecided(TenantSettingsChange change) {
        Policy policy = change.resolutionPolicy();
        if (policy != null) {
            policy.fault().ifPresent(fault -> {
                throw Rejection.invalid(
                        fault.code(), "resolution_policy." + fault.field(), fault.value(), fault.expected());
            });
        }
    }

    /** How long sealed audit entries are kept; empty: for ever. In a transaction of its own. */
    Optional<Duration> auditRetention(UUID tenantId) {
        return transactions
                .read(tenantId, () -> repository.find(tenantId))
                .auditRetentionDays()
                .or(() -> auditRetentionDays)
                .map(Duration::ofDays);
    }

    private TenantSettings of(UUID tenantId) {
        Said said = repository.find(tenantId);
        return new TenantSettings(
                said.auditRetentionDays().orElse(null),
                said.resolutionPolicy().orElse(null),
                new InEffect(
                        said.auditRetentionDays().or(() -> auditRetentionDays).orElse(null),
                        said.resolutionPolicy().orElse(Policy.DEFAULT)),
                said.edition());
    }
}
