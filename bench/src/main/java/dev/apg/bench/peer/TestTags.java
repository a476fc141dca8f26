package dev.apg.bench.peer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Packages in libsolv's text format "testtags". Ranges and services are expanded to sets before: a package provides the
 * sets that it is a member of, and needs or opposes sets, so that libsolv compares no versions and has only to search.
 */
public final class TestTags implements AutoCloseable {
    private final Writer out;

    public TestTags(Path file) throws IOException {
        out = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.US_ASCII), 1 << 16);
        out.write("=Ver: 3.0\n");
    }

    /** What libsolv knows a set as. */
    public static String set(int set) {
        return "s" + set;
    }

    /**
     * Begins a package.
     *
     * @param name versions of one name exclude each other
     * @param rank the greater, the newer
     */
    public void begin(int name, int rank) throws IOException {
        out.write("=Pkg: n" + name + " " + rank + " 0 noarch\n");
    }

    public void requires(int set) throws IOException {
        tag("Req", set);
    }

    public void recommends(int set) throws IOException {
        tag("Rec", set);
    }

    /** A package does not oppose itself. */
    public void conflicts(int set) throws IOException {
        tag("Con", set);
    }

    public void provides(int set) throws IOException {
        tag("Prv", set);
    }

    private void tag(String tag, int set) throws IOException {
        out.write("=" + tag + ": s" + set + "\n");
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
