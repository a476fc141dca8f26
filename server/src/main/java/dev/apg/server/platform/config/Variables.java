package dev.apg.server.platform.config;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/** Every environment variable of the server; docs/configuration.md is made from it. */
final class Variables {
    static final Variable<Settings.Stage> ENVIRONMENT = Variable.choice(
                    "ENVIRONMENT",
                    Settings.Stage.class,
                    "Where the server runs. Staging and production insist on an external database and on secrets, write JSON logs and never migrate by themselves.")
            .or("ENV")
            .byDefault("development");

    static final Variable<Boolean> DEBUG = Variable.flag(
                    "DEBUG", "Logs what APG does in detail, as LOG_LEVEL=debug does. Refused in production.")
            .byDefault("false");

    static final Variable<Settings.LogLevel> LOG_LEVEL = Variable.choice(
                    "LOG_LEVEL", Settings.LogLevel.class, "How much is logged.")
            .byDefault("info");

    static final Variable<String> SECRET_KEY = Variable.key(
            "SECRET_KEY",
            "Required outside development. Signs what the server hands out and wants back unchanged: the token that protects people's sessions against other pages. After a change pages have to be loaded again. In development, without it, one is made when it is first needed, in `secret.key` in APG_DATA_DIR.");

    static final Variable<String> API_KEY = Variable.key(
                    "APG_API_KEY",
                    "Required outside development. Whoever shows it as a bearer token makes, suspends and deletes tenants, and can do nothing else. In development one is made in APG_DATA_DIR/platform-key.")
            .or("APG_INTEGRATION_TOKEN");

    static final Variable<Integer> PORT = Variable.number("PORT", 0, 65_535, "Port of the API; 0 takes a free one.")
            .byDefault("8000");

    static final Variable<String> DATA_DIR = Variable.text(
                    "APG_DATA_DIR",
                    "a directory",
                    "Holds the embedded database, checkpoints, the search index and, in development, the token.")
            .byDefault("./data");

    static final Variable<String> DATABASE_URL = Variable.address(
                    "DATABASE_URL",
                    "postgresql:// or postgres://",
                    "`postgresql://user:password@host:port/database?sslmode=verify-full&sslrootcert=…`, PostgreSQL 15 or newer; what is said of TLS there is in [connections.md](connections.md#to-the-database-and-redis). In development, without it, the server runs a PostgreSQL of its own in APG_DATA_DIR; elsewhere it is required.")
            .kept();

    static final Variable<String> DATABASE_USER =
            Variable.text("DATABASE_USER", "a role's name", "The user, where DATABASE_URL names none.");

    static final Variable<String> DATABASE_PASSWORD = Variable.text(
                    "DATABASE_PASSWORD",
                    "a password",
                    "The password, where DATABASE_URL holds none. The file of DATABASE_PASSWORD_FILE is read again for each new connection, so it can be rotated without a restart; a pipe is read once.")
            .kept();

    static final Variable<String> DATABASE_MIGRATION_URL = Variable.address(
                    "DATABASE_MIGRATION_URL",
                    "postgresql:// or postgres://",
                    "How migrations connect: as the owner of the tables, who may create roles. Without it, as the server does.")
            .kept();

    static final Variable<String> DATABASE_REPLICA_URL = Variable.address(
                    "DATABASE_REPLICA_URL", "postgresql:// or postgres://", "A read-only copy for heavy reads.")
            .kept()
            .awaiting("many nodes");

    static final Variable<Integer> DATABASE_POOL_SIZE = Variable.number(
                    "DATABASE_POOL_SIZE", 1, 1_000, "Connections that are kept open.")
            .byDefault("10");

    static final Variable<Integer> DATABASE_MAX_OVERFLOW = Variable.number(
                    "DATABASE_MAX_OVERFLOW", 0, 1_000, "Connections that may be opened beyond that when it is busy.")
            .byDefault("10");

    static final Variable<Integer> EVENT_RETENTION_DAYS = Variable.number(
                    "APG_EVENT_RETENTION_DAYS",
                    1,
                    3_650,
                    "How long events are kept; a cursor that is older is answered with 410.")
            .byDefault("30");

    static final Variable<Integer> AUDIT_RETENTION_DAYS = Variable.number(
            "APG_AUDIT_RETENTION_DAYS",
            90,
            36_500,
            "How long audit entries are kept of tenants that have not said how long themselves, see [audit.md](audit.md). Default: for ever.");

    static final Variable<Integer> FEED_POLL_MILLISECONDS = Variable.number(
                    "APG_FEED_POLL_MILLISECONDS",
                    10,
                    60_000,
                    "How often a node looks for changes made on other nodes if no notification comes.")
            .byDefault("1000");

    static final Variable<Boolean> FEED_LISTEN = Variable.flag(
                    "APG_FEED_LISTEN",
                    "Uses LISTEN and NOTIFY between nodes. Turn it off behind a pooler that shares connections between transactions: nodes then only poll.")
            .byDefault("true");

    static final Variable<Integer> FEED_WAIT_MILLISECONDS = Variable.number(
                    "APG_FEED_WAIT_MILLISECONDS",
                    0,
                    60_000,
                    "How long a request with X-APG-Min-Seq waits for the node to get there before it is answered with 503.")
            .byDefault("5000");

    static final Variable<Boolean> ENABLE_METRICS = Variable.flag(
                    "ENABLE_METRICS", "Serves `/metrics` for Prometheus on METRICS_PORT.")
            .byDefault("true");

    static final Variable<Integer> METRICS_PORT = Variable.number(
                    "METRICS_PORT", 0, 65_535, "Port of `/metrics`; 0 takes a free one.")
            .byDefault("9090");

    static final Variable<Boolean> ENABLE_TRACING =
            Variable.flag("ENABLE_TRACING", "Sends traces.").byDefault("false").awaiting("tracing");

    static final Variable<String> OTEL_EXPORTER_OTLP_ENDPOINT = Variable.address(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http:// or https://", "Where traces go, as OTLP.")
            .or("JAEGER_ENDPOINT")
            .awaiting("tracing");

    static final Variable<String> SENTRY_DSN = Variable.address(
                    "SENTRY_DSN", "http:// or https://", "Where errors are reported.")
            .kept()
            .awaiting("error reporting");

    static final Variable<String> REDIS_URL = Variable.address(
                    "REDIS_URL",
                    "redis:// or rediss://",
                    "`redis://user:password@host:port/database`, or `rediss://…` with [TLS](connections.md#to-the-database-and-redis). Nodes count requests together there. While it is away, each counts on its own; no request waits for it.")
            .kept();

    static final Variable<List<X509Certificate>> REDIS_CERTIFICATES = Variable.certificates(
            "APG_REDIS_CERTIFICATES",
            "They vouch for a Redis at `rediss://…`, instead of those that Java trusts: for one whose certificate is of an authority of one's own.");

    static final Variable<Boolean> RATE_LIMIT_ENABLED = Variable.flag(
            "RATE_LIMIT_ENABLED",
            "Limits how often clients, tenants and addresses may ask, see [limits.md](limits.md). Default: true outside development, and in development where one of the next two is set.");

    static final Variable<Integer> RATE_LIMIT_REQUESTS_PER_MINUTE = Variable.number(
                    "RATE_LIMIT_REQUESTS_PER_MINUTE",
                    1,
                    1_000_000,
                    "Requests a minute that one client may send on average: all of them may read, half may change or search, a quarter may resolve. A tenant's clients have ten times that together, an address without a token a fifth.")
            .byDefault("6000");

    static final Variable<Integer> RATE_LIMIT_BURST = Variable.number(
                    "RATE_LIMIT_BURST",
                    1,
                    1_000_000,
                    "Requests that may come at once after a while without any, divided in the same way.")
            .byDefault("1000");

    /** A heading of the documentation and what stands under it. */
    record Section(String title, List<Variable<?>> variables) {}

    private static final List<Section> IN_USE = List.of(
            new Section("Server", List.of(ENVIRONMENT, DEBUG, LOG_LEVEL, SECRET_KEY, API_KEY, PORT, DATA_DIR)),
            new Section(
                    "Database",
                    List.of(
                            DATABASE_URL,
                            DATABASE_USER,
                            DATABASE_PASSWORD,
                            DATABASE_MIGRATION_URL,
                            DATABASE_REPLICA_URL,
                            DATABASE_POOL_SIZE,
                            DATABASE_MAX_OVERFLOW)),
            EdgeVariables.SECTION,
            AccessVariables.SECTION,
            MailVariables.SECTION,
            new Section(
                    "Event and audit log",
                    List.of(
                            EVENT_RETENTION_DAYS,
                            AUDIT_RETENTION_DAYS,
                            FEED_POLL_MILLISECONDS,
                            FEED_LISTEN,
                            FEED_WAIT_MILLISECONDS)),
            new Section(
                    "Limits",
                    List.of(
                            REDIS_URL,
                            REDIS_CERTIFICATES,
                            LaterVariables.REDIS_POOL_SIZE,
                            RATE_LIMIT_ENABLED,
                            RATE_LIMIT_REQUESTS_PER_MINUTE,
                            RATE_LIMIT_BURST)),
            new Section(
                    "Observability",
                    List.of(ENABLE_METRICS, METRICS_PORT, ENABLE_TRACING, OTEL_EXPORTER_OTLP_ENDPOINT, SENTRY_DSN)));

    static final List<Section> SECTIONS =
            Stream.concat(IN_USE.stream(), LaterVariables.SECTIONS.stream()).toList();

    private Variables() {}

    static Stream<Variable<?>> all() {
        return SECTIONS.stream().flatMap(section -> section.variables().stream());
    }
}
