package dev.apg.server.platform.outbound;

import dev.apg.server.platform.config.OutboundSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.outbound.OutboundException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Calls what somebody told the server to call, such as an issuer of identity tokens or the receiver of a webhook. It goes to
 * public addresses and to those that the operator allowed, to the address that was checked and no other, follows no redirect,
 * asks no proxy, keeps no cookie, and ends within bounds of time and size whatever the other side does.
 */
@Component
public class Outbound implements DisposableBean {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final int MOST_CONNECTIONS = 200;
    private static final int LONGEST_LINE = 8_192;
    private static final int MOST_HEADERS = 100;

    private final OutboundSettings settings;

    /** When first needed: most servers call nobody, and to read the certificates that Java trusts would make each start longer. */
    private final SingletonSupplier<Clients> clients;

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    @Autowired
    Outbound(Settings settings) {
        this(settings.outbound(), InetAddress::getAllByName);
    }

    Outbound(OutboundSettings settings, CheckedAddresses.Lookup lookup) {
        this.settings = settings;
        this.clients = SingletonSupplier.of(() -> {
            SSLContext tls = Trust.of(settings.certificates());
            return new Clients(
                    client(new CheckedAddresses(lookup, settings.allowed(), false), tls),
                    client(new CheckedAddresses(lookup, settings.allowed(), true), tls));
        });
    }

    /** One that calls with TLS, and one that calls without. */
    private record Clients(CloseableHttpClient encrypted, CloseableHttpClient plain) {
        CloseableHttpClient of(URI address) {
            return "https".equalsIgnoreCase(address.getScheme()) ? encrypted : plain;
        }
    }

    /**
     * What is sent.
     *
     * @param content empty: none
     * @param longest bytes that the answer's content may have
     */
    public record Request(
            String method, String address, Map<String, String> headers, Optional<Content> content, int longest) {
        public Request {
            headers = Map.copyOf(headers);
        }

        public static Request get(String address, int longest) {
            return new Request("GET", address, Map.of("Accept", "application/json"), Optional.empty(), longest);
        }

        public static Request post(String address, Content content, int longest) {
            return new Request("POST", address, Map.of("Accept", "application/json"), Optional.of(content), longest);
        }

        public Request with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Request(method, address, more, content, longest);
        }

        /** Without headers and content, which may be secret. */
        @Override
        public String toString() {
            return method + " " + address;
        }
    }

    /** The body of a request. */
    public record Content(String type, byte[] bytes) {}

    /** What came back, redirects included. */
    public record Answer(int status, Optional<String> type, byte[] bytes) {
        @Override
        public String toString() {
            return "answer " + status;
        }
    }

    /**
     * Checks what can be seen from an address without asking anybody: for telling at once what can never be called.
     *
     * @throws OutboundException if it cannot be called
     */
    public void require(String address) throws OutboundException {
        CheckedAddresses.parse(address, settings.allowed());
    }

    /**
     * Calls, and gives the answer, whatever its status is.
     *
     * @throws OutboundException if the address may not be called, or there is no answer within the bounds
     */
    public Answer send(Request request) throws OutboundException {
        URI address = CheckedAddresses.parse(request.address(), settings.allowed());
        var message = new HttpUriRequestBase(request.method(), address);
        message.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(settings.patience().dividedBy(2)))
                .setResponseTimeout(Timeout.of(settings.patience()))
                .build());
        request.headers().forEach(message::setHeader);
        message.setHeader(HttpHeaders.USER_AGENT, "apg");
        // What was checked is good for this call; the next one is checked again.
        message.setHeader(HttpHeaders.CONNECTION, "close");
        request.content().ifPresent(content -> {
            message.setHeader(HttpHeaders.CONTENT_TYPE, content.type());
            message.setEntity(new ByteArrayEntity(content.bytes(), null));
        });
        CloseableHttpClient client = clients.obtain().of(address);
        // On a thread of its own: nothing interrupts a search for a host's addresses.
        Future<Answer> answer =
                calls.submit(() -> client.execute(message, response -> read(message, response, request.longest())));
        try {
            return answer.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            message.cancel();
            throw new OutboundException(
                    Reason.SLOW,
                    "%s did not answer within %d s (expected: the whole answer in that time; REQUEST_TIMEOUT)."
                            .formatted(address.getHost(), settings.patience().toSeconds()));
        } catch (InterruptedException e) {
            message.cancel();
            Thread.currentThread().interrupt();
            throw new OutboundException(Reason.SLOW, "The call of " + address.getHost() + " was given up.");
        } catch (ExecutionException e) {
            throw Failures.told(address.getHost(), e.getCause());
        }
    }

    private static Answer read(HttpUriRequestBase message, ClassicHttpResponse response, int longest)
            throws IOException {
        Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        byte[] bytes = new byte[0];
        if (response.getEntity() != null) {
            InputStream content = response.getEntity().getContent();
            bytes = content.readNBytes(longest + 1);
        }
        if (bytes.length > longest) {
            // Cuts the connection: to close the answer would be to read the rest of it.
            message.cancel();
            throw new Failures.TooLarge(longest);
        }
        return new Answer(response.getCode(), Optional.ofNullable(type).map(Header::getValue), bytes);
    }

    /** The one that does nothing by itself: no redirects, cookies, proxies, credentials, packing or second tries. */
    private CloseableHttpClient client(CheckedAddresses addresses, SSLContext tls) {
        Timeout connect =
                Timeout.of(settings.patience().compareTo(LONGEST_CONNECT) < 0 ? settings.patience() : LONGEST_CONNECT);
        return HttpClients.createMinimal(PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.BUILTIN, null))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(Timeout.of(settings.patience()))
                        .build())
                .setMaxConnPerRoute(settings.connectionsPerHost())
                .setMaxConnTotal(MOST_CONNECTIONS)
                .build());
    }

    /** Gives up what is under way; there are no other connections. */
    @Override
    public void destroy() {
        calls.shutdownNow();
    }
}
