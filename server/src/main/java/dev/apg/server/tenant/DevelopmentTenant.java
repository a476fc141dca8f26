package dev.apg.server.tenant;

import dev.apg.contract.account.IssuedToken;
import dev.apg.server.account.Accounts;
import dev.apg.server.account.Callers;
import dev.apg.server.account.PlatformKey;
import dev.apg.server.platform.OwnerFile;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.Role;
import dev.apg.server.web.Caller;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * In development, the tenant {@code default} and a token of its administrator in {@code $APG_DATA_DIR/token}, where the
 * command line finds it, and a platform's key beside it. The file is kept as long as its token is valid. Made before the
 * start waits for the snapshots and indexes of all tenants, so that it waits for this one's too.
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
    private final Tenants tenants;
    private final PlatformKey platformKey;

    DevelopmentTenant(Settings settings, Accounts accounts, Callers callers, Tenants tenants, PlatformKey platformKey) {
        this.settings = settings;
        this.accounts = accounts;
        this.callers = callers;
        this.tenants = tenants;
        this.platformKey = platformKey;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (settings.stage() != Settings.Stage.DEVELOPMENT) {
            return;
        }
        ensurePlatformKey();
        var context = new PlatformContext("start", Optional.empty());
        tenants.ensure(context, ID, "default", "Default");
        Path file = settings.dataDirectory().resolve("token");
        if (Files.exists(file)
                && callers.authenticate(Files.readString(file).strip())
                        .map(Caller::tenantId)
                        .filter(ID::equals)
                        .isPresent()) {
            return;
        }
        IssuedToken issued = accounts.issueToken(
                        context.of(ID), "development", Role.TENANT_ADMINISTRATOR, Optional.empty())
                .value();
        OwnerFile.write(file, issued.text() + "\n");
        System.out.printf(
                "The administrator token of the tenant default is in %s%s%n",
                file, somebodyReads() ? ": " + issued.text() : "");
    }

    /** What is read by a program ends in a log, which is kept and shipped; and this is a secret. */
    private static boolean somebodyReads() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** As a token is kept, so that tenants can be made without setting anything up. */
    private void ensurePlatformKey() throws IOException {
        if (platformKey.isGiven()) {
            return;
        }
        Path file = settings.dataDirectory().resolve("platform-key");
        if (!Files.exists(file)) {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            OwnerFile.write(file, HexFormat.of().formatHex(key));
        }
        platformKey.use(Files.readString(file).strip());
    }
}
