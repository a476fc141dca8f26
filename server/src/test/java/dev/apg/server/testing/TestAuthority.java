package dev.apg.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Somebody whose certificate vouches for those of others. */
public final class TestAuthority {
    private static final String ALIAS = "authority";

    private final Path store;
    private final TestCertificate own;
    private int certified;

    private TestAuthority(Path store) {
        this.store = store;
        this.own = TestCertificate.make(store, ALIAS, "EC", "CN=" + ALIAS, "-ext", "bc=ca:true");
    }

    public static TestAuthority create() {
        try {
            return new TestAuthority(Files.createTempDirectory("apg-authority-").resolve("store"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its own, which others are to trust. */
    public TestCertificate certificate() {
        return own;
    }

    /** Of a host, or of a user of that name. */
    public TestCertificate certify(String name) {
        return certify(name, "-startdate", "-1d", "-validity", "30");
    }

    /** The same, but good until yesterday only. */
    public TestCertificate certifyLate(String name) {
        return certify(name, "-startdate", "-30d", "-validity", "29");
    }

    private TestCertificate certify(String name, String from, String start, String during, String days) {
        certified++;
        return TestCertificate.make(
                store,
                "other" + certified,
                "EC",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-signer",
                ALIAS,
                from,
                start,
                during,
                days);
    }
}
