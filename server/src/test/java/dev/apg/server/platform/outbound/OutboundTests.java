package dev.apg.server.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.apg.server.platform.config.OutboundSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.outbound.OutboundException.Reason;
import dev.apg.server.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of real listeners on this machine, with a directory of names that says what the test wants. */
class OutboundTests {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String CANARY = "c4n4ry-of-the-inside";

    private static InetAddress[] nobody(String host) throws UnknownHostException {
        throw new UnknownHostException(host);
    }

    private static CheckedAddresses.Lookup at(String... addresses) {
        return host -> Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    private static OutboundSettings settings(String... environment) {
        Map<String, String> variables = new HashMap<>(Map.of("REQUEST_TIMEOUT", "60"));
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return Settings.read(variables).outbound();
    }

    private static Outbound calling(CheckedAddresses.Lookup lookup, String... environment) {
        return new Outbound(settings(environment), lookup);
    }

    private static Outbound impatient(Duration patience, int connections) {
        return new Outbound(
                new OutboundSettings(settings().allowed(), List.of(), patience, connections), at("127.0.0.1"));
    }

    private static Outbound.Answer get(Outbound outbound, String address) throws OutboundException {
        return outbound.send(Outbound.Request.get(address, 1_000));
    }

    private static OutboundException refusal(Outbound outbound, String address) {
        OutboundException refused = catchThrowableOfType(OutboundException.class, () -> get(outbound, address));
        assertThat(refused).as(address).isNotNull();
        assertThat(refused.getMessage()).doesNotContain(CANARY).doesNotContain("Exception");
        return refused;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:0:127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::8.8.8.8",
                "100::1",
                "2001::1",
                "2001:0:4136:e378:8000:63bf:f5ff:fffe",
                "2001:2::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void what_is_not_public_is_not_called_by_its_name_or_as_it_is(String address) {
        Outbound outbound = calling(at(address), "APG_OUTBOUND_ALLOWED", "id.corp.example");
        String literal = address.contains(":") ? "[" + address + "]" : address;
        OutboundException named = refusal(outbound, "https://service.example/");
        assertThat(named.reason()).isEqualTo(Reason.ADDRESS);
        // The same as of a name that nobody knows: what there is inside, nobody finds out.
        assertThat(named.getMessage())
                .isEqualTo(refusal(calling(OutboundTests::nobody), "https://service.example/")
                        .getMessage())
                .contains("service.example")
                .contains("expected: https:// and a host with public addresses only");
        assertThat(refusal(outbound, "https://" + literal + "/").reason()).isEqualTo(Reason.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "64:ff9b::8.8.8.8"})
    void what_is_public_may_be_called(String address) {
        String literal = address.contains(":") ? "[" + address + "]" : address;
        assertThatCode(() -> calling(at(address), "APG_OUTBOUND_ALLOWED", "id.corp.example")
                        .require("https://" + literal + "/a?b=c"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.0.1./",
                "https://127.000.000.001/",
                "https://8.8.8.08/",
                "https://256.1.1.1/",
                "https://1.2.3/",
                "https://[fe80::1%25eth0]/",
                "https://[::ffff:8.8.8.8/",
                "https://localhost./",
                "https://-a.example/",
                "https://a..example/",
                "https://a_b.example/",
                "https://user@service.example/",
                "https://user:password@service.example/",
                "https://service.example@127.0.0.1/",
                "https://service.example#@127.0.0.1/",
                "https://service.example:0/",
                "https://service.example:65536/",
                "https://service.example:99999999999/",
                "https:///path",
                "https:service.example",
                "//service.example/",
                "http://service.example/",
                "ftp://service.example/",
                "file:///etc/passwd",
                "jar:https://service.example/!/",
                "gopher://service.example/",
                "https://service.example\\@127.0.0.1/",
                "https://service.example/ /",
                "https://service.example/\r\nHost: inside",
                "https://ｓervice.example/",
                "https://①27.0.0.1/",
                ""
            })
    void what_is_no_address_for_everybody_is_none(String address) {
        Outbound outbound = calling(at("8.8.8.8"), "APG_OUTBOUND_ALLOWED", "http://id.corp.example");
        OutboundException refused = catchThrowableOfType(OutboundException.class, () -> outbound.require(address));
        assertThat(refused).as(address).isNotNull();
        assertThat(refused.reason()).isEqualTo(Reason.ADDRESS);
        assertThat(refused.getMessage()).contains("expected: https://");
        assertThat(refusal(outbound, address).getMessage()).isEqualTo(refused.getMessage());
    }

    @Test
    void a_name_that_stands_for_something_else_the_second_time_leads_nowhere_else() throws Exception {
        var asked = new AtomicInteger();
        try (Remote meant = Remote.plain(OK);
                Remote inside = Remote.at(
                        "127.0.0.2", meant.port(), out -> out.write(OK.getBytes(StandardCharsets.US_ASCII)))) {
            Outbound outbound = calling(
                    host -> asked.getAndIncrement() == 0
                            ? at("127.0.0.1").addresses(host)
                            : at("127.0.0.2").addresses(host),
                    "APG_OUTBOUND_ALLOWED",
                    "http://127.0.0.1");
            String address = "http://rebinding.example:%d/".formatted(meant.port());
            assertThat(get(outbound, address).status()).isEqualTo(200);
            assertThat(asked).hasValue(1);
            assertThat(meant.requests).hasSize(1);
            assertThat(refusal(outbound, address).reason()).isEqualTo(Reason.ADDRESS);
            assertThat(refusal(
                                    calling(at("127.0.0.1", "127.0.0.2"), "APG_OUTBOUND_ALLOWED", "http://127.0.0.1"),
                                    address)
                            .reason())
                    .isEqualTo(Reason.ADDRESS);
            assertThat(inside.requests).isEmpty();
        }
    }

    @Test
    void the_name_stays_the_name_for_tls_and_for_the_server() throws Exception {
        TestCertificate right = TestCertificate.ofHost("id.corp.example");
        try (Remote remote = new Remote(
                right.proving().getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")),
                out -> out.write(OK.getBytes(StandardCharsets.US_ASCII)))) {
            Outbound outbound = calling(
                    at("127.0.0.1"),
                    "APG_OUTBOUND_ALLOWED",
                    "127.0.0.0/8",
                    "APG_OUTBOUND_CERTIFICATES",
                    right.certificate());
            Outbound.Answer answer = get(outbound, "https://id.corp.example:%d/keys".formatted(remote.port()));
            assertThat(new String(answer.bytes(), StandardCharsets.US_ASCII)).isEqualTo("ok");
            assertThat(remote.names).containsExactly("id.corp.example");
            assertThat(remote.requests.getFirst())
                    .contains("GET /keys HTTP/1.1", "Host: id.corp.example:" + remote.port());

            OutboundException another =
                    refusal(outbound, "https://other.corp.example:%d/keys".formatted(remote.port()));
            assertThat(another.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(another.getMessage()).contains("other.corp.example does not prove by TLS that it is");
            OutboundException untrusted = refusal(
                    calling(at("127.0.0.1"), "APG_OUTBOUND_ALLOWED", "127.0.0.0/8"),
                    "https://id.corp.example:%d/keys".formatted(remote.port()));
            assertThat(untrusted.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(remote.requests).hasSize(1);
        }
    }

    @Test
    void without_tls_only_what_is_named_so_is_called() throws Exception {
        try (Remote remote = Remote.plain(OK)) {
            String address = "http://id.corp.example:%d/".formatted(remote.port());
            for (String allowed :
                    new String[] {"id.corp.example", "127.0.0.0/8", "http://10.0.0.0/8", "http://other.example"}) {
                assertThat(refusal(calling(at("127.0.0.1"), "APG_OUTBOUND_ALLOWED", allowed), address)
                                .reason())
                        .as(allowed)
                        .isEqualTo(Reason.ADDRESS);
            }
            assertThat(refusal(calling(at("8.8.8.8"), "APG_OUTBOUND_ALLOWED", "http://10.0.0.0/8"), address)
                            .reason())
                    .isEqualTo(Reason.ADDRESS);
            assertThat(remote.requests).isEmpty();
            for (String allowed : new String[] {"http://ID.corp.example", "http://127.0.0.0/8, 10.0.0.0/8"}) {
                assertThat(get(calling(at("127.0.0.1"), "APG_OUTBOUND_ALLOWED", allowed), address)
                                .status())
                        .as(allowed)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_redirect_is_an_answer_and_not_followed() throws Exception {
        try (Remote inside = Remote.plain(OK);
                Remote remote =
                        Remote.plain("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
                                .formatted(inside.port()))) {
            assertThat(get(calling(at("127.0.0.1")), "http://localhost:" + remote.port())
                            .status())
                    .isEqualTo(302);
            assertThat(inside.requests).isEmpty();
        }
    }

    @Test
    void nothing_of_an_answer_is_kept_for_the_next_request() throws Exception {
        try (Remote remote = Remote.plain("HTTP/1.1 401 No\r\nSet-Cookie: a=b\r\nWWW-Authenticate: Basic realm=x\r\n"
                + "Content-Length: 0\r\n\r\n")) {
            Outbound outbound = calling(at("127.0.0.1"));
            String address = "http://localhost:" + remote.port();
            get(outbound, address);
            Outbound.Answer second = outbound.send(Outbound.Request.post(
                            address,
                            new Outbound.Content(
                                    "application/x-www-form-urlencoded", "a=b".getBytes(StandardCharsets.US_ASCII)),
                            10)
                    .with("Authorization", "Basic abc"));
            assertThat(second.status()).isEqualTo(401);
            assertThat(remote.requests).hasSize(2);
            assertThat(remote.requests.get(1))
                    .contains(
                            "POST / HTTP/1.1",
                            "Authorization: Basic abc",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: 3",
                            "User-Agent: apg")
                    .noneMatch(line -> line.startsWith("Cookie") || line.startsWith("Accept-Encoding"));
        }
    }

    @Test
    void a_proxy_that_the_machine_names_is_not_asked() throws Exception {
        try (Remote proxy = Remote.plain(OK);
                Remote remote = Remote.plain(OK)) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
            System.setProperty("http.nonProxyHosts", "none.example");
            try {
                assertThat(get(calling(at("127.0.0.1")), "http://localhost:" + remote.port())
                                .status())
                        .isEqualTo(200);
            } finally {
                System.clearProperty("http.proxyHost");
                System.clearProperty("http.proxyPort");
                System.clearProperty("http.nonProxyHosts");
            }
            assertThat(proxy.requests).isEmpty();
            assertThat(remote.requests).hasSize(1);
        }
    }

    @Test
    void an_answer_without_bounds_has_bounds() throws Exception {
        byte[] filler = (CANARY + "x".repeat(1_000)).getBytes(StandardCharsets.US_ASCII);
        Map<String, Remote.Answering> endless = Map.of(
                "is too long",
                out -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(filler);
                    }
                },
                "is too long (expected: at most 1000 bytes)",
                out -> {
                    out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write((Integer.toHexString(filler.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                        out.write(filler);
                        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                },
                "The headers of",
                out -> {
                    out.write("HTTP/1.1 200 OK\r\nX-A: ".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(filler);
                    }
                },
                "headers of localhost's answer are too many",
                out -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(("X: " + CANARY + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    }
                },
                "The answer of localhost is no HTTP",
                out -> out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + CANARY + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)));
        for (var each : endless.entrySet()) {
            try (Remote remote = Remote.plain(each.getValue())) {
                OutboundException refused = refusal(calling(at("127.0.0.1")), "http://localhost:" + remote.port());
                assertThat(refused.getMessage()).contains(each.getKey());
                assertThat(refused.reason()).isEqualTo(Reason.ANSWER);
            }
        }
    }

    @Test
    void whoever_takes_too_long_is_not_waited_for() throws Exception {
        var ended = new CountDownLatch(1);
        Map<String, Remote.Answering> slow = Map.of("silent", _ -> ended.await(), "always about to answer", out -> {
            while (true) {
                out.write("HTTP/1.1 102 Processing\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });
        for (var each : slow.entrySet()) {
            try (Remote remote = Remote.plain(each.getValue())) {
                assertThat(refusal(impatient(Duration.ofMillis(500), 10), "http://localhost:" + remote.port())
                                .reason())
                        .as(each.getKey())
                        .isEqualTo(Reason.SLOW);
            }
        }
        ended.countDown();
    }

    @Test
    void one_host_has_so_many_connections_and_no_more() throws Exception {
        var arrived = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        try (Remote remote = Remote.plain(out -> {
                    arrived.countDown();
                    ended.await();
                    out.write(OK.getBytes(StandardCharsets.US_ASCII));
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Outbound outbound = impatient(Duration.ofSeconds(6), 1);
            String address = "http://localhost:" + remote.port();
            var first = threads.submit(() -> get(outbound, address));
            arrived.await();
            assertThat(refusal(outbound, address).getMessage()).contains("Too many calls of localhost");
            ended.countDown();
            assertThat(first.get().status()).isEqualTo(200);
            assertThat(remote.requests).hasSize(1);
        }
    }

    @Test
    void whoever_is_not_there_is_unreachable() throws IOException {
        int port;
        try (Remote gone = Remote.plain(OK)) {
            port = gone.port();
        }
        assertThat(refusal(calling(at("127.0.0.1")), "http://localhost:" + port).reason())
                .isEqualTo(Reason.UNREACHABLE);
        try (Remote remote = Remote.plain("")) {
            assertThat(refusal(calling(at("127.0.0.1")), "http://localhost:" + remote.port())
                            .reason())
                    .isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void what_may_be_secret_is_not_in_texts() {
        var request = new Outbound.Request(
                "POST",
                "https://id.example/",
                Map.of("Authorization", CANARY),
                Optional.of(new Outbound.Content("text/plain", CANARY.getBytes(StandardCharsets.US_ASCII))),
                1);
        var answer = new Outbound.Answer(200, Optional.of("text/plain"), CANARY.getBytes(StandardCharsets.US_ASCII));
        assertThat(request + " " + answer).doesNotContain(CANARY).doesNotContain(Arrays.toString(answer.bytes()));
    }
}
