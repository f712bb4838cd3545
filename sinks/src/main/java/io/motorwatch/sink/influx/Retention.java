package io.motorwatch.sink.influx;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a tier is kept.
 *
 * @param tier retention policy on 1.x, suffix of the bucket's name on 2.x
 * @param keep at least an hour, whole seconds; null keeps indefinitely
 */
public record Retention(String tier, @Nullable Duration keep) {

  public Retention {
    if (keep != null && keep.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException(
          "InfluxDB keeps a tier for an hour at least, not " + keep + " (" + tier + ")");
    }
  }

  public static Retention of(String tier, Duration keep) {
    return new Retention(tier, keep);
  }

  public static Retention unlimited(String tier) {
    return new Retention(tier, null);
  }

  /** Seconds, 0 for an infinite one, as both APIs count. */
  long seconds() {
    return keep == null ? 0 : keep.toSeconds();
  }

  /**
   * How much time one shard spans. Expired data goes by whole shards, so short tiers want short
   * ones; every shard costs memory, so long tiers want few.
   */
  Duration shard() {
    if (keep == null) {
      return Duration.ofDays(90);
    }
    if (keep.compareTo(Duration.ofDays(2)) <= 0) {
      return Duration.ofHours(1);
    }
    if (keep.compareTo(Duration.ofDays(90)) <= 0) {
      return Duration.ofDays(1);
    }
    return keep.compareTo(Duration.ofDays(730)) <= 0 ? Duration.ofDays(7) : Duration.ofDays(30);
  }

  /** For a person: {@code 24h}, or {@code indefinitely}. */
  static String describe(long seconds) {
    if (seconds == 0) {
      return "indefinitely";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
  }
}
