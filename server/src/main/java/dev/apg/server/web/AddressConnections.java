package dev.apg.server.web;

import dev.apg.server.platform.ClientNetwork;
import dev.apg.server.platform.config.EdgeSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections each address has, so that none takes those of all. Trusted proxies, who ask for many, are not counted. */
final class AddressConnections {
    private static final Logger log = LoggerFactory.getLogger(AddressConnections.class);

    /** The log does not grow with an attack. */
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final EdgeSettings settings;
    private final Map<SocketChannel, String> counted = new ConcurrentHashMap<>();
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    AddressConnections(EdgeSettings settings) {
        this.settings = settings;
    }

    /** Counts a connection; false if its address has as many as it may. */
    boolean take(SocketChannel connection) {
        Optional<String> network = network(connection);
        if (network.isEmpty()) {
            return true;
        }
        counted.put(connection, network.get());
        if (numbers.merge(network.get(), 1, Integer::sum) <= settings.connectionsPerAddress()) {
            return true;
        }
        giveBack(connection);
        warn(network.get());
        return false;
    }

    /** It was closed; more than once does no harm. */
    void giveBack(SocketChannel connection) {
        Optional.ofNullable(counted.remove(connection))
                .ifPresent(network ->
                        numbers.computeIfPresent(network, (same, number) -> number == 1 ? null : number - 1));
    }

    private Optional<String> network(SocketChannel connection) {
        try {
            return connection.getRemoteAddress() instanceof InetSocketAddress remote
                            && !settings.isTrusted(remote.getAddress())
                    ? Optional.of(ClientNetwork.of(remote.getAddress()))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private void warn(String network) {
        long now = System.nanoTime();
        long next = nextWarning.get();
        if (now - next >= 0 && nextWarning.compareAndSet(next, now + BETWEEN_WARNINGS.toNanos())) {
            log.warn(
                    "Connections are refused: the address has as many as one may (APG_CONNECTIONS_PER_ADDRESS); a proxy belongs in TRUSTED_PROXIES. address={} most={}",
                    network,
                    settings.connectionsPerAddress());
        }
    }
}
