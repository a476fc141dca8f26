package dev.apg.server.platform.config;

import dev.apg.server.platform.config.Variables.Section;
import java.util.List;

/**
 * The environment variables of features that are still to come. They are known and checked already, so that nobody's
 * settings break, and warn that they have no effect; with its feature a section moves to {@link Variables}.
 */
final class LaterVariables {
    static final Variable<Integer> REDIS_POOL_SIZE = Variable.number(
                    "REDIS_POOL_SIZE", 1, 1_000, "Connections to Redis.")
            .byDefault("10")
            .awaiting("many nodes");

    static final Variable<String> PLATFORM_URL = Variable.address(
                    "APG_PLATFORM_URL", "http:// or https://", "Registers this server with a platform.")
            .awaiting("federation");

    static final Variable<String> DISCOVERY_SERVICE_URL = Variable.address(
                    "APG_DISCOVERY_SERVICE_URL", "http:// or https://", "Mirrors capabilities of another registry.")
            .awaiting("federation");

    static final Variable<String> COMPOSITION_ENGINE_URL = Variable.address(
                    "APG_COMPOSITION_ENGINE_URL", "http:// or https://", "Hands resolving to a dedicated engine.")
            .awaiting("federation");

    static final Variable<String> TENANT_ID = Variable.text(
                    "APG_TENANT_ID", "a tenant's id", "The tenant at those services.")
            .awaiting("federation");

    static final Variable<Integer> ASYNC_POOL_SIZE = Variable.number(
                    "ASYNC_POOL_SIZE", 1, 1_000, "Jobs of one node that run at once.")
            .byDefault("10")
            .awaiting("webhooks");

    static final Variable<Boolean> ENABLE_MARKETPLACE_INTEGRATION = Variable.flag(
                    "ENABLE_MARKETPLACE_INTEGRATION", "Turns the marketplace on.")
            .byDefault("true")
            .awaiting("the marketplace");

    static final Variable<Boolean> ENABLE_REAL_TIME_COLLABORATION = Variable.flag(
                    "ENABLE_REAL_TIME_COLLABORATION", "Lets several people edit a draft at once.")
            .byDefault("true")
            .awaiting("collaboration");

    static final Variable<Boolean> ENABLE_ANALYTICS_DASHBOARD = Variable.flag(
                    "ENABLE_ANALYTICS_DASHBOARD", "Turns analytics on.")
            .byDefault("true")
            .awaiting("analytics");

    static final Variable<Boolean> ENABLE_MOBILE_API = Variable.flag("ENABLE_MOBILE_API", "Turns the sync API on.")
            .byDefault("true")
            .awaiting("the mobile API");

    static final Variable<Boolean> ENABLE_WEBHOOKS = Variable.flag("ENABLE_WEBHOOKS", "Turns webhooks on.")
            .byDefault("true")
            .awaiting("webhooks");

    static final Variable<String> ELASTICSEARCH_URL = Variable.address(
                    "ELASTICSEARCH_URL", "http:// or https://", "Search runs there instead of in the server.")
            .kept()
            .awaiting("Elasticsearch");

    static final Variable<Settings.Storage> STORAGE_BACKEND = Variable.choice(
                    "STORAGE_BACKEND", Settings.Storage.class, "Where large files lie.")
            .byDefault("filesystem")
            .awaiting("storage");

    static final Variable<String> AWS_ACCESS_KEY_ID = Variable.text("AWS_ACCESS_KEY_ID", "a key id", "Access to S3.")
            .kept()
            .awaiting("storage");

    static final Variable<String> AWS_SECRET_ACCESS_KEY = Variable.text(
                    "AWS_SECRET_ACCESS_KEY", "a key", "Access to S3.")
            .kept()
            .awaiting("storage");

    static final Variable<String> AWS_S3_BUCKET =
            Variable.text("AWS_S3_BUCKET", "a bucket", "The bucket.").awaiting("storage");

    static final Variable<String> AWS_REGION =
            Variable.text("AWS_REGION", "a region", "Its region.").awaiting("storage");

    static final List<Section> SECTIONS = List.of(
            new Section(
                    "Other services",
                    List.of(
                            PLATFORM_URL,
                            DISCOVERY_SERVICE_URL,
                            COMPOSITION_ENGINE_URL,
                            TENANT_ID,
                            ASYNC_POOL_SIZE,
                            OutboundVariables.MAX_CONNECTIONS_PER_HOST,
                            OutboundVariables.REQUEST_TIMEOUT,
                            OutboundVariables.ALLOWED,
                            OutboundVariables.CERTIFICATES)),
            new Section(
                    "Features",
                    List.of(
                            ENABLE_MARKETPLACE_INTEGRATION,
                            ENABLE_REAL_TIME_COLLABORATION,
                            ENABLE_ANALYTICS_DASHBOARD,
                            ENABLE_MOBILE_API,
                            ENABLE_WEBHOOKS)),
            new Section(
                    "Search, storage",
                    List.of(
                            ELASTICSEARCH_URL,
                            STORAGE_BACKEND,
                            AWS_ACCESS_KEY_ID,
                            AWS_SECRET_ACCESS_KEY,
                            AWS_S3_BUCKET,
                            AWS_REGION)));

    private LaterVariables() {}
}
