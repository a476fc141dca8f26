package dev.apg.server.composition.bundle;

import java.util.List;

/** What the run-time descriptors of a lock come to. Workloads stand in start order. */
record RunPlan(List<Workload> workloads, List<BundleProblem> problems, List<BundleNote> notes) {}
