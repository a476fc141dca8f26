package dev.apg.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packaged {@code apg serve} as a process of its own, on its embedded database and free ports. The only addition is
 * {@link ConstantBytes}, which lies behind the program on the class path.
 */
final class ServerProcess implements AutoCloseable {
    /** Those of {@code bin/apg serve}. */
    private static final String FLAGS = "@bin/serve.args";

    private static final Path PROGRAM = Path.of("cli/target/apg/apg.jar");

    /** What {@code bin/train} has learnt about the program, which {@code bin/apg serve} uses too. */
    private static final Path LEARNT = Path.of("cli/target/apg/serve.aot");

    private static final Pattern READY = Pattern.compile("APG is ready: http://127\\.0\\.0\\.1:(\\d+)/");
    private static final Pattern USED_HEAP = Pattern.compile("heap +total .*?used (\\d+)K");
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compiler");
    private static final int LONGEST_STOP_SECONDS = 120;
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final int PAUSE_MILLIS = 5;

    /** Of the kernel's accounts of processor time; the same on every Linux that people use. */
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final Thread whenInterrupted;
    private final Path directory;
    private final long startNanos;
    private final int port;

    private ServerProcess(Process process, Thread whenInterrupted, Path directory, long startNanos, int port) {
        this.process = process;
        this.whenInterrupted = whenInterrupted;
        this.directory = directory;
        this.startNanos = startNanos;
        this.port = port;
    }

    /** Starts it, and waits until it says that it is ready. Its log goes to {@code server.log} beside the data. */
    static ServerProcess start(Path directory) throws IOException, InterruptedException {
        return start(directory, Map.of());
    }

    /** @param environment beyond, or instead of, that of development with free ports */
    static ServerProcess start(Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        if (!Files.exists(PROGRAM)) {
            throw new IOException("%s is not there: run `make build` first".formatted(PROGRAM));
        }
        Files.createDirectories(directory);
        var command = new ArrayList<String>();
        command.add(java("java"));
        command.add(FLAGS);
        if (Files.exists(LEARNT)) {
            command.addAll(List.of("-XX:AOTCache=" + LEARNT, "-Xlog:aot*=off", "-Xlog:cds*=off"));
        }
        command.addAll(List.of("-cp", PROGRAM + ":bench/target/classes", "dev.apg.cli.Apg", "serve"));
        Path log = directory.resolve("server.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DATABASE_") || name.startsWith("APG_") || name.startsWith("REDIS_"));
        builder.environment().put("APG_DATA_DIR", directory.toString());
        builder.environment().put("ENVIRONMENT", "development");
        builder.environment().put("PORT", "0");
        builder.environment().put("METRICS_PORT", "0");
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        var whenInterrupted = new Thread(() -> stop(process));
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
        try {
            int port = environment.containsKey("PORT")
                    ? awaitReady(process, log, Integer.parseInt(environment.get("PORT")))
                    : awaitReady(process, log);
            return new ServerProcess(process, whenInterrupted, directory, start, port);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            stop(process);
            throw failed;
        }
    }

    private static int awaitReady(Process process, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            boolean alive = process.isAlive() && System.nanoTime() < end;
            String said = Files.readString(log);
            Matcher ready = READY.matcher(said);
            if (ready.find()) {
                return Integer.parseInt(ready.group(1));
            }
            if (!alive) {
                throw new IOException("the server ended or took too long before it was ready: " + said);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Outside development it tells nobody but those who ask. */
    private static int awaitReady(Process process, Path log, int port) throws IOException, InterruptedException {
        byte[] request = new Requests("").get("/readyz");
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (var connection = new Connection(port)) {
                if (connection.exchange(request).status() == 200) {
                    return port;
                }
            } catch (IOException notYet) {
                // It does not listen, or has just begun to and does not answer.
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new IOException("the server ended or took too long before it was ready: " + Files.readString(log));
    }

    int port() {
        return port;
    }

    Path directory() {
        return directory;
    }

    Requests requests() throws IOException {
        return new Requests(Files.readString(directory.resolve("token")).strip());
    }

    Connection connect() throws IOException {
        return new Connection(port);
    }

    /** Since the process was started. */
    double secondsSinceStart() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** Processor time that the server has used, in user and system mode, without its database. */
    double processorSeconds() throws IOException {
        return processorSeconds(Files.readString(Path.of("/proc/%d/stat".formatted(process.pid()))));
    }

    /** Processor time of those of Java's compiler threads that are there; one that has nothing to do may go. */
    double compilerSeconds() throws IOException {
        double seconds = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc/%d/task".formatted(process.pid())))) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                try {
                    String line = Files.readString(thread.resolve("stat"));
                    if (COMPILER.matcher(line).find()) {
                        seconds += processorSeconds(line);
                    }
                } catch (NoSuchFileException ended) {
                    // It had its time, but is not warming up any more.
                }
            }
        }
        return seconds;
    }

    /** @param line the kernel's account of a process or a thread */
    private static double processorSeconds(String line) {
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Resident memory of the server's process, without its database. */
    double residentMebibytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(process.pid())))) {
            String line =
                    lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
    }

    /** What is reachable: collects first. */
    double usedHeapMebibytes() throws IOException {
        jcmd("GC.run");
        jcmd("GC.run");
        Matcher used = USED_HEAP.matcher(jcmd("GC.heap_info"));
        if (!used.find()) {
            throw new IOException("jcmd GC.heap_info does not tell the used heap");
        }
        return Long.parseLong(used.group(1)) / 1024.0;
    }

    private String jcmd(String command) throws IOException {
        Process jcmd = new ProcessBuilder(java("jcmd"), Long.toString(process.pid()), command).start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    @Override
    public void close() {
        stop(process);
        Runtime.getRuntime().removeShutdownHook(whenInterrupted);
    }

    /** As an operator would, so that the database is stopped too; by force only if that does not help. */
    private static void stop(Process process) {
        process.destroy();
        try {
            if (process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
