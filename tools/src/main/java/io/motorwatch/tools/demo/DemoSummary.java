package io.motorwatch.tools.demo;

import io.motorwatch.tools.simulator.Fleet;
import io.motorwatch.tools.simulator.FleetPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came out, read back from InfluxDB, against what went in.
 *
 * @param expected readings that the fleet had to send
 * @param tiers readings each tier stands for, and its points
 */
record DemoSummary(
    long expected,
    long published,
    Map<String, Tier> tiers,
    AlarmComparison alarms,
    long rejected,
    Latencies latencies) {

  private static final int DIFFERENCES = 10;
  private static final List<String> AGGREGATED = List.of("warm", "cold", "archive");

  /**
   * A tier in InfluxDB.
   *
   * @param points as stored: readings, or windows
   * @param readings that they stand for
   */
  record Tier(long points, long readings) {}

  static DemoSummary of(
      Fleet fleet, FleetPublisher.Outcome outcome, ReadBack held, Latencies latencies) {
    Map<String, Tier> tiers = new TreeMap<>();
    long hot = held.readings();
    tiers.put("hot", new Tier(hot, hot));
    for (String tier : AGGREGATED) {
      tiers.put(tier, new Tier(held.windows(tier), held.readingsIn(tier)));
    }
    return new DemoSummary(
        fleet.readingsTotal(),
        outcome.readings(),
        tiers,
        AlarmComparison.of(fleet.truth(), held.alarms()),
        held.rejected(),
        latencies);
  }

  boolean agrees() {
    return published == expected
        && alarms.agrees()
        && tiers.values().stream().allMatch(tier -> tier.readings() == expected);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Read back from InfluxDB:");
    lines.add("  readings published  %,12d of %,d".formatted(published, expected));
    for (String name : List.of("hot", "warm", "cold", "archive")) {
      Tier tier = tiers.get(name);
      lines.add(
          "  %-8s %,12d points for %,12d readings  %s"
              .formatted(
                  name,
                  tier.points(),
                  tier.readings(),
                  tier.readings() == expected ? "ok" : "DIFFERS"));
    }
    lines.add("  %,d messages rejected".formatted(rejected));
    lines.add("");
    lines.add("Alarms, against the simulator's ground truth:");
    alarms.counts().forEach(line -> lines.add("  " + line));
    lines.add(
        "  against the truth: %d missed, %d invented"
            .formatted(alarms.missed().size(), alarms.invented().size()));
    alarms.differences(DIFFERENCES).forEach(line -> lines.add("    " + line));
    if (!alarms.others().isEmpty()) {
      lines.add("Alarms of further patterns, which follow from the same episodes:");
      alarms.furtherCounts().forEach(line -> lines.add("  " + line));
      lines.add(
          "  (right by their patterns; the simulator keeps no list of these to compare with)");
    }
    if (alarms.stillOpen() > 0) {
      lines.add(
          "%d alarms are still open: their motors stopped reporting, as the simulator ended, before"
                  .formatted(alarms.stillOpen())
              + " what raised them was over.");
    }
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Reading published → alert received: p50 %.1f ms, p99 %.1f ms (%d alerts)",
            latencies.quantile(0.5),
            latencies.quantile(0.99),
            latencies.count()));
    lines.add("  slowest: " + String.join(", ", latencies.slowest(5)));
    lines.add(agrees() ? "All agrees with the simulator's ground truth." : "DOES NOT AGREE.");
    return lines;
  }
}
