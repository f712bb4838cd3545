package io.motorwatch.tools.demo;

import io.motorwatch.tools.simulator.TruthEpisode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long alerts take: from the publishing of the reading that completes an alarm to the arrival
 * of the alert at a subscriber. Filled by two threads.
 */
final class Latencies {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<Moment, AtomicLong> published = new HashMap<>();
  private final Map<Moment, AtomicLong> took = new HashMap<>();

  /** A reading: its device and device time. */
  private record Moment(String device, long at) {}

  /** Watches the readings at which the truth has an alarm raised or cleared. */
  Latencies(List<TruthEpisode> truth) {
    for (TruthEpisode episode : truth) {
      watch(new Moment(episode.device(), episode.raisedAt()));
      watch(new Moment(episode.device(), episode.clearedAt()));
    }
  }

  private void watch(Moment moment) {
    published.put(moment, new AtomicLong());
    took.put(moment, new AtomicLong());
  }

  /** A reading leaves; only the first time counts, as a reading may be sent again. */
  void published(String device, long at, long nanos) {
    AtomicLong first = published.get(new Moment(device, at));
    if (first != null) {
      first.compareAndSet(0, nanos);
    }
  }

  /** An alert has come. */
  void arrived(AlertWatch.Alert alert) {
    Moment moment = new Moment(alert.device(), alert.at());
    AtomicLong first = published.get(moment);
    if (first != null && first.get() != 0) {
      took.get(moment).compareAndSet(0, Math.max(1, alert.arrivedNanos() - first.get()));
    }
  }

  /** A quantile in milliseconds; NaN if nothing was measured. */
  double quantile(double share) {
    long[] sorted =
        took.values().stream()
            .mapToLong(AtomicLong::get)
            .filter(nanos -> nanos > 0)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(index, sorted.length - 1))] / NANOS_PER_MILLI;
  }

  /** The slowest few, each with the second of the run at which its reading was published. */
  List<String> slowest(int most) {
    long begin =
        published.values().stream().mapToLong(AtomicLong::get).filter(n -> n > 0).min().orElse(0);
    return took.entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue().get(), a.getValue().get()))
        .limit(most)
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "%.0f ms at second %.1f",
                    entry.getValue().get() / NANOS_PER_MILLI,
                    (published.get(entry.getKey()).get() - begin) / 1e9))
        .toList();
  }

  /** How many were measured. */
  long count() {
    return Arrays.stream(took.values().toArray(AtomicLong[]::new))
        .filter(nanos -> nanos.get() > 0)
        .count();
  }
}
