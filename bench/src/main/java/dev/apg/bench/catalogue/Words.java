package dev.apg.bench.catalogue;

import java.util.List;

/** Readable, distinct names for any number of capabilities. */
final class Words {
    private static final List<String> DOMAINS = List.of(
            "billing",
            "payments",
            "identity",
            "customer",
            "order",
            "cart",
            "catalog",
            "pricing",
            "shipping",
            "returns",
            "inventory",
            "warehouse",
            "supplier",
            "procurement",
            "ledger",
            "tax",
            "fraud",
            "risk",
            "claims",
            "policy",
            "loyalty",
            "campaign",
            "content",
            "media",
            "search",
            "support",
            "survey",
            "booking",
            "travel",
            "fleet",
            "dispatch",
            "telemetry",
            "device",
            "energy",
            "patient",
            "clinic",
            "payroll",
            "talent",
            "learning",
            "legal",
            "audit",
            "consent",
            "document",
            "archive",
            "market",
            "trading",
            "credit",
            "deposit");
    private static final List<String> SUBJECTS = List.of(
            "account",
            "address",
            "agent",
            "alert",
            "asset",
            "batch",
            "budget",
            "calendar",
            "case",
            "channel",
            "contact",
            "contract",
            "currency",
            "delivery",
            "discount",
            "event",
            "exchange",
            "export",
            "file",
            "form",
            "gateway",
            "group",
            "history",
            "image",
            "import",
            "invoice",
            "item",
            "journal",
            "label",
            "limit",
            "list",
            "location",
            "message",
            "metric",
            "note",
            "offer",
            "partner",
            "plan",
            "profile",
            "quota",
            "quote",
            "rate",
            "receipt",
            "region",
            "report",
            "request",
            "route",
            "rule");
    private static final List<String> ROLES = List.of(
            "api",
            "service",
            "store",
            "worker",
            "portal",
            "feed",
            "index",
            "cache",
            "queue",
            "stream",
            "engine",
            "router",
            "bridge",
            "proxy",
            "sync",
            "scheduler",
            "planner",
            "matcher",
            "scorer",
            "checker",
            "mailer",
            "renderer",
            "importer",
            "exporter",
            "archiver",
            "indexer",
            "crawler",
            "monitor",
            "registry",
            "broker",
            "resolver",
            "loader",
            "watcher",
            "signer",
            "vault",
            "console",
            "dashboard",
            "editor",
            "viewer",
            "wizard",
            "agent",
            "collector",
            "enricher",
            "notifier",
            "auditor",
            "balancer",
            "limiter",
            "gateway");

    private static final int DISTINCT = DOMAINS.size() * SUBJECTS.size() * ROLES.size();

    /** Shares no factor with the number of names, so that every name comes once; neighbours look unlike each other. */
    private static final long STRIDE = 40_507;

    private Words() {}

    /** For example {@code billing-invoice-api}; beyond all combinations, with a number at the end. */
    static String code(int index) {
        String code = domain(index) + "-" + subject(index) + "-" + role(index);
        int round = index / DISTINCT;
        return round == 0 ? code : code + "-" + (round + 1);
    }

    static String domain(int index) {
        return DOMAINS.get(combination(index) % DOMAINS.size());
    }

    static String subject(int index) {
        return SUBJECTS.get(combination(index) / DOMAINS.size() % SUBJECTS.size());
    }

    static String role(int index) {
        return ROLES.get(combination(index) / (DOMAINS.size() * SUBJECTS.size()));
    }

    /** A service's code: {@code message-queue}, and so on with a number. */
    static String service(int index) {
        String code =
                SUBJECTS.get(index * 7 % SUBJECTS.size()) + "-" + ROLES.get(index / SUBJECTS.size() % ROLES.size());
        int round = index / (SUBJECTS.size() * ROLES.size());
        return round == 0 ? code : code + "-" + (round + 1);
    }

    private static int combination(int index) {
        return (int) (index % DISTINCT * STRIDE % DISTINCT);
    }
}
