package dev.apg.bench;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** All JMH benchmarks of one class, each in a fresh virtual machine, with every call timed. */
final class JmhMeasurement implements Measurement {
    private final String name;
    private final Class<?> benchmarks;

    JmhMeasurement(String name, Class<?> benchmarks) {
        this.name = name;
        this.benchmarks = benchmarks;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Sample> round(Scale scale) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
                .mode(Mode.SampleTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(scale.seconds()))
                .measurementIterations(1)
                .measurementTime(TimeValue.seconds(scale.seconds()))
                .param("capabilities", texts(scale.capabilities()))
                .param("versions", Integer.toString(scale.versions()))
                .param("roots", texts(scale.roots()))
                .param("seed", Long.toString(scale.seed()))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        return results.stream().map(JmhMeasurement::sample).toList();
    }

    private static String[] texts(List<Integer> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }

    private static Sample sample(RunResult result) {
        Statistics calls = result.getPrimaryResult().getStatistics();
        double median = calls.getPercentile(50);
        Unit unit = Unit.of(median);
        return Sample.of(
                what(result.getParams()), unit.text, median / unit.nanos, calls.getPercentile(99) / unit.nanos);
    }

    /** For example {@code resolve (capabilities 1000, roots 20)}. */
    private static String what(BenchmarkParams benchmark) {
        String method =
                benchmark.getBenchmark().substring(benchmark.getBenchmark().lastIndexOf('.') + 1);
        Map<String, String> parameters = new TreeMap<>();
        for (String key : benchmark.getParamsKeys()) {
            if (key.equals("capabilities") || key.equals("roots")) {
                parameters.put(key, benchmark.getParam(key));
            }
        }
        String shown = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return method.replace('_', ' ') + (shown.isEmpty() ? "" : " (" + shown + ")");
    }

    private enum Unit {
        NANOSECONDS("ns", 1),
        MICROSECONDS("µs", 1e3),
        MILLISECONDS("ms", 1e6);

        private final String text;
        private final double nanos;

        Unit(String text, double nanos) {
            this.text = text;
            this.nanos = nanos;
        }

        static Unit of(double nanos) {
            return nanos < 1e3 ? NANOSECONDS : nanos < 1e6 ? MICROSECONDS : MILLISECONDS;
        }
    }
}
