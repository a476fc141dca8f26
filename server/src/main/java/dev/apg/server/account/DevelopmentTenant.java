package dev.apg.server.account;

import dev.apg.contract.account.IssuedToken;
import dev.apg.server.platform.OwnerFile;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.web.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * In development, the tenant {@code default} and a token of its administrator in {@code $APG_DATA_DIR/token}, where the
 * command line finds it. The file is kept as long as its token is valid. Made before the start waits for the snapshots and
 * indexes of all tenants, so that it waits for this one's too.
 */
@Component
@Order(DevelopmentTenant.BEFORE_THE_FEED)
class DevelopmentTenant implements ApplicationRunner {
    static final int BEFORE_THE_FEED = -100;

    /** Always the same id: a tenant can only be looked up by somebody who knows its id. */
    static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private final Settings settings;
    private final Accounts accounts;
    private final Callers callers;

    DevelopmentTenant(Settings settings, Accounts accounts, Callers callers) {
        this.settings = settings;
        this.accounts = accounts;
        this.callers = callers;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (settings.stage() != Settings.Stage.DEVELOPMENT) {
            return;
        }
        accounts.ensureTenant(ID, "default", "Default");
        Path file = settings.dataDirectory().resolve("token");
        if (Files.exists(file)
                && callers.authenticate(Files.readString(file).strip())
                        .map(Caller::tenantId)
                        .filter(ID::equals)
                        .isPresent()) {
            return;
        }
        var administrator = new Actor(ID, ReservedNames.FIRST_START, Role.TENANT_ADMINISTRATOR);
        var context = new TenantContext(ID, administrator, "start", Optional.empty(), Optional.empty());
        IssuedToken issued = accounts.issueToken(context, "development", Role.TENANT_ADMINISTRATOR, Optional.empty())
                .value();
        OwnerFile.write(file, issued.text() + "\n");
        // Not a log line: logs are kept and shipped, and this is a secret.
        System.out.printf("Administrator token of the tenant default, also in %s:%n%s%n", file, issued.text());
    }
}
