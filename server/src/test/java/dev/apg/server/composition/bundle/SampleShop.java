package dev.apg.server.composition.bundle;

import java.util.Map;

/** A small shop that uses every part of a run-time descriptor. */
final class SampleShop {
    static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    private SampleShop() {}

    static BundleInputs shop() {
        return BundleInputs.aBundle()
                .of("online-shop", "Online Shop", "First release.\nSecond line: *not* emphasised.")
                .version("telemetry", "0.9.0", """
                        provides: [{service: traces, version: 1.0.0}]
                        runtime:
                          image: registry.example:5000/otel/collector@%s
                          user: 10001
                          read_only_root: true
                          ports:
                            - {name: otlp, port: 4317, service: traces}
                            - {name: stats--d, port: 8125, protocol: udp}
                          health: {kind: tcp, port: otlp}
                        """.formatted(DIGEST))
                .version("redis-cart", "7.2.5", """
                        provides: [{service: cart-store, version: 1.0.0}]
                        configuration_schema:
                          type: object
                          properties: {max_memory: {type: string, default: 48mb}}
                        runtime:
                          image: redis:7.2.5-alpine@%s
                          user: 999
                          read_only_root: true
                          command: [redis-server]
                          args: [--maxmemory-policy, allkeys-lru, --appendonly, "yes"]
                          ports: [{name: redis, port: 6379, service: cart-store}]
                          environment:
                            - {name: MAX_MEMORY, configuration: max_memory}
                            - {name: REDIS_PASSWORD_FILE, secret: {name: redis, key: password}}
                          volumes:
                            - {name: data, path: /data, kind: persistent, size: 2Gi}
                            - {name: scratch, path: /scratch, size: 16Mi}
                          health: {kind: command, command: [redis-cli, ping], period_seconds: 5}
                          resources:
                            requests: {cpu: 70m, memory: 200Mi}
                            limits: {cpu: 125m, memory: 256Mi}
                        """.formatted(DIGEST))
                .version("acme/money", "2.1.0-rc.1", "provides: [{service: money, version: 2.1.0}]")
                .version("cart", "0.10.2", """
                        requirements:
                          - {name: store, any_of: [{service: cart-store, range: ^1.0.0}]}
                          - {name: traces, service: traces, strength: recommended}
                          - {name: flags, service: flags, strength: optional}
                          - {capability: acme/money}
                        configuration_schema:
                          type: object
                          properties:
                            log: {type: object, properties: {level: {type: string}, colour: {type: boolean}}}
                        runtime:
                          image: shop/cart:v0.10.2
                          user: 1000
                          ports: [{name: grpc, port: 7070, service: cart}]
                          environment:
                            - {name: PORT, value: "7070"}
                            - {name: GREETING, value: "costs $5 & ${HOME} $(HOME)"}
                            - {name: LOG_LEVEL, configuration: log.level}
                            - {name: LOG_COLOUR, configuration: log.colour}
                            - {name: REDIS_ADDR, provider: {requirement: store}}
                            - {name: TRACES, provider: {requirement: traces, template: "http://{host}:{port}/v1"}}
                            - {name: FLAGS, provider: {requirement: flags}}
                            - name: REDIS_PASSWORD
                              secret: {name: redis, key: password, description: "16 characters or more, without *"}
                          health: {kind: grpc, port: grpc, initial_delay_seconds: 5}
                          resources: {requests: {cpu: 200m, memory: 64Mi}, limits: {memory: 128Mi}}
                          replicas: 2
                        """, Map.of("log", Map.of("level", "debug", "colour", false)))
                .version("frontend", "0.10.2", """
                        requirements: [{capability: cart, range: ^0.10.0}]
                        runtime:
                          image: shop/frontend:v0.10.2
                          ports: [{name: http, port: 80, exposed: true}]
                          environment: [{name: CART_ADDR, provider: {requirement: cart, port: grpc}}]
                          health: {kind: http, port: http, path: /_healthz, failure_threshold: 5}
                          replicas: 3
                        """)
                .version("backoffice", "1.0.0", """
                        runtime:
                          image: shop/backoffice
                          user: 0
                          ports: [{name: http, port: 80, exposed: true}]
                        """)
                .binding("cart", "store", "redis-cart", "cart-store", "redis")
                .binding("cart", "traces", "telemetry", "traces", null)
                .binding("cart", "acme/money", "acme/money")
                .binding("acme/money", "traces", "telemetry")
                .binding("frontend", "cart", "cart");
    }
}
