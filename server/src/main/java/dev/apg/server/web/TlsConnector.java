package dev.apg.server.web;

import dev.apg.server.platform.config.EdgeSettings;
import dev.apg.server.platform.config.Settings;
import dev.apg.server.platform.config.TlsIdentity;
import dev.apg.server.platform.config.VariableFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Speaks TLS and HTTP/2 on the port of the API, if there is a certificate, and follows its files. */
@Component
@Order(TlsConnector.BEFORE_OTHERS)
class TlsConnector implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    static final int BEFORE_OTHERS = 0;

    private static final Logger log = LoggerFactory.getLogger(TlsConnector.class);

    /** Of TLS 1.2 only those with forward secrecy that authenticate what they encrypt; all of TLS 1.3 are like that. */
    private static final String SUITES = String.join(
            ":",
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));

    private final Optional<EdgeSettings.Tls> settings;
    private @Nullable AbstractHttp11Protocol<?> protocol;
    private @Nullable TlsIdentity shown;
    private boolean doubted;

    TlsConnector(Settings settings) {
        this.settings = settings.edge().tls();
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        settings.ifPresent(tls -> factory.addConnectorCustomizers(connector -> {
            connector.setSecure(true);
            connector.setScheme("https");
            connector.addUpgradeProtocol(new Http2Protocol());
            var http = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
            http.setSSLEnabled(true);
            http.addSslHostConfig(host(tls.identity()));
            protocol = http;
            shown = tls.identity();
        }));
    }

    private static SSLHostConfig host(TlsIdentity identity) {
        var host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        host.setCiphers(SUITES);
        var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        String password = UUID.randomUUID().toString();
        certificate.setCertificateKeystore(identity.keyStore(password.toCharArray()));
        certificate.setCertificateKeystorePassword(password);
        certificate.setCertificateKeyPassword(password);
        host.addCertificate(certificate);
        return host;
    }

    /** However they were changed: written into, or put in the place of others. */
    @Scheduled(fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
    void followFiles() {
        settings.flatMap(EdgeSettings.Tls::files).ifPresent(files -> {
            try {
                show(TlsIdentity.parse(
                        VariableFile.read(files.certificate()).orElse(""),
                        VariableFile.read(files.privateKey()).orElse("")));
            } catch (IOException gone) {
                doubt("they cannot be read.");
            } catch (IllegalArgumentException unfit) {
                // One may be written before the other.
                doubt(String.valueOf(unfit.getMessage()));
            }
        });
    }

    private void show(TlsIdentity identity) {
        doubted = false;
        if (protocol != null && !identity.equals(shown)) {
            protocol.addSslHostConfig(host(identity), true);
            shown = identity;
            log.info(
                    "New connections get the certificate that the files hold now. subject={} until={}",
                    identity,
                    identity.certificates().getFirst().getNotAfter().toInstant());
        }
    }

    private void doubt(String why) {
        if (!doubted) {
            log.warn("The certificate is kept although its files have changed: {}", why);
        }
        doubted = true;
    }
}
