package dev.apg.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What a reader must know of the machine to compare results. */
final class Machine {
    private Machine() {}

    static String describe() {
        Runtime runtime = Runtime.getRuntime();
        return """
                - processor: %s, %d hardware threads
                - memory: %s
                - system: %s %s
                - Java: %s, flags %s
                - load average at the start: %s
                """.formatted(
                        firstLine("/proc/cpuinfo", "model name", System.getProperty("os.arch", "unknown")),
                        runtime.availableProcessors(),
                        firstLine("/proc/meminfo", "MemTotal", "unknown"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.vm.version"),
                        String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()),
                        load());
    }

    /** Of the last minute; what others do here falls on our numbers. */
    static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load);
    }

    /** The value of a "name : value" line of a file that Linux has and others have not. */
    private static String firstLine(String file, String name, String otherwise) {
        if (!Files.isReadable(Path.of(file))) {
            return otherwise;
        }
        try (Stream<String> lines = Files.lines(Path.of(file), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(otherwise);
        } catch (IOException unreadable) {
            return otherwise;
        }
    }
}
