package dev.apg.server.testing;

import dev.apg.server.account.Accounts;
import dev.apg.server.tenancy.Actor;
import dev.apg.server.tenancy.ActorKind;
import dev.apg.server.tenancy.PlatformContext;
import dev.apg.server.tenancy.Role;
import dev.apg.server.tenancy.TenantContext;
import dev.apg.server.tenant.Tenants;
import java.util.Optional;
import java.util.UUID;

/** A fresh tenant of a running server, so that tests which share the server do not see each other's rows. */
public record TestTenant(UUID id, String token, TestServer server) {
    public static TestTenant in(TestServer server) {
        Accounts accounts = server.bean(Accounts.class);
        UUID id = make(server);
        String token = accounts.issueToken(context(id), "test", Role.TENANT_ADMINISTRATOR, Optional.empty())
                .value()
                .text();
        return new TestTenant(id, token, server);
    }

    /** A tenant without anybody in it. */
    public static UUID make(TestServer server) {
        UUID id = UUID.randomUUID();
        server.bean(Tenants.class)
                .ensure(new PlatformContext("request", Optional.empty()), id, "tenant-" + id, "A tenant of a test");
        return id;
    }

    /** A client of the node that made the tenant. */
    public TestClient client() {
        return client(server);
    }

    /** A client of another node on the same database. */
    public TestClient client(TestServer node) {
        return node.client(token);
    }

    public TenantContext context() {
        return context(id);
    }

    private static TenantContext context(UUID tenantId) {
        return new TenantContext(
                tenantId,
                new Actor(new UUID(0, 1), ActorKind.TOKEN, "test", Role.TENANT_ADMINISTRATOR),
                "request",
                Optional.empty(),
                Optional.empty());
    }
}
