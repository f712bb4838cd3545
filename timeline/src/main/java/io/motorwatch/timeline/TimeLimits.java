package io.motorwatch.timeline;

import io.motorwatch.model.EpochUnit;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which device times are taken.
 *
 * @param maxFutureMs how far a device's clock may be ahead of arrival
 * @param oldest device time before which a clock was surely never set, epoch milliseconds
 * @param longestKeepMs how old a reading may be at arrival
 */
record TimeLimits(long maxFutureMs, long oldest, long longestKeepMs) implements Serializable {

  static TimeLimits of(TimelineSettings config, long longestKeepMs) {
    return new TimeLimits(config.maxFuture(), config.oldest(), longestKeepMs);
  }

  /** Why a reading is refused. */
  record Refusal(RejectReason reason, String detail) {}

  /** The refusal of a reading, or null. */
  @Nullable Refusal check(Reading reading) {
    return check(reading.timestamp(), reading.arrivedAt());
  }

  /**
   * The refusal of a device time, or null.
   *
   * @param at device time, epoch milliseconds
   * @param arrivedAt wall clock at arrival, epoch milliseconds
   */
  @Nullable Refusal check(long at, long arrivedAt) {
    if (at - arrivedAt > maxFutureMs) {
      return new Refusal(
          RejectReason.FUTURE,
          EpochUnit.of((double) at).isPresent()
              ? "device time " + at + ": " + EpochUnit.advice((double) at)
              : "device time "
                  + Instant.ofEpochMilli(at)
                  + " is ahead of arrival; is its clock right?");
    }
    if (at < oldest) {
      return new Refusal(
          RejectReason.STALE,
          EpochUnit.of((double) at).isPresent()
              ? "device time " + at + ": " + EpochUnit.advice((double) at)
              : "device time " + Instant.ofEpochMilli(at) + ": the clock was never set");
    }
    if (arrivedAt - at > longestKeepMs) {
      return new Refusal(
          RejectReason.STALE,
          "device time " + Instant.ofEpochMilli(at) + " is older than anything that is kept");
    }
    return null;
  }
}
