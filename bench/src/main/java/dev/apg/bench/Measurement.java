package dev.apg.bench;

import java.util.List;

/**
 * One thing that is measured. A new one is a class that implements this and is listed in {@link Bench}; what fits into
 * one call of a method is a JMH benchmark instead, needs only its annotations, and is found by {@link JmhMeasurement}.
 */
public interface Measurement {
    /** A word that selects it on the command line, as in {@code bin/bench universe}. */
    String name();

    /**
     * Takes one round of all its samples. Rounds of all measurements take turns, so that a disturbance of the machine
     * does not fall on one of them alone.
     */
    List<Sample> round(Scale scale) throws Exception;
}
