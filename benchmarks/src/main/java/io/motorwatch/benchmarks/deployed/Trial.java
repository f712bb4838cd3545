package io.motorwatch.benchmarks.deployed;

import io.motorwatch.benchmarks.Latencies;
import io.motorwatch.benchmarks.Result;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was seen at one rate.
 *
 * @param rate messages a second asked for
 * @param sent messages the broker has confirmed, all of which InfluxDB held in the end
 * @param behindMs how long after its time the last message was confirmed
 * @param settledMs how long after that the last reading was in InfluxDB and the last alert here
 * @param alerts from a completing reading to its alert
 * @param cpuSeconds of each process from the first message to the last point
 */
record Trial(
    int rate,
    long sent,
    double behindMs,
    double settledMs,
    Latencies alerts,
    Map<Role, Double> cpuSeconds) {

  /** Whether nothing was queued or late. What is lost is a failure before it comes to this. */
  boolean held(Limits limits) {
    return behindMs <= limits.behindMs()
        && settledMs <= limits.settledMs()
        && alerts.quantileMs(0.99) <= limits.lateMs();
  }

  static Map<Role, Double> between(Map<Role, Double> before, Map<Role, Double> after) {
    Map<Role, Double> spent = new EnumMap<>(Role.class);
    after.forEach((role, seconds) -> spent.put(role, seconds - before.getOrDefault(role, 0.0)));
    return spent;
  }

  Result result(String variant, Limits limits) {
    Result result =
        new Result("end-to-end", variant)
            .with("msgPerSecond", rate)
            .withText("held", held(limits) ? "yes" : "no")
            .with("messages", sent)
            .with("behindMs", behindMs)
            .with("settledMs", settledMs)
            .with("alerts", alerts.count())
            .with("p50Ms", alerts.quantileMs(0.5))
            .with("p99Ms", alerts.quantileMs(0.99))
            .with("p999Ms", alerts.quantileMs(0.999));
    double all = 0;
    for (Map.Entry<Role, Double> each : cpuSeconds.entrySet()) {
      result.with(each.getKey().word() + "CpuSecondsPerMillion", each.getValue() * 1e6 / sent);
      all += each.getValue();
    }
    return result.with("cpuSecondsPerMillion", all * 1e6 / sent);
  }
}
