package dev.apg.bench.resolver;

import com.sun.management.OperatingSystemMXBean;
import dev.apg.resolver.conformance.Questions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A sweep in a virtual machine that was just started: prints the processor seconds of reading and of the sweep. */
final class ColdSweep {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ColdSweep() {}

    public static void main(String[] arguments) throws IOException {
        double start = SYSTEM.getProcessCpuTime() / 1e9;
        Questions questions = Questions.read(Path.of(arguments[0]));
        double read = SYSTEM.getProcessCpuTime() / 1e9;
        int found = questions.uninstallable().length;
        System.out.printf("%f %f %d%n", read - start, SYSTEM.getProcessCpuTime() / 1e9 - read, found);
    }

    /** The seconds of the sweep, of a process of its own; compiling is part of them. */
    static double seconds(Path problem) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdSweep.class.getName(),
                        problem.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("The sweep of " + problem + " ended with " + process.exitValue());
        }
        return Double.parseDouble(said.split(" ")[1]);
    }
}
