package io.motorwatch.tools.health;

import io.motorwatch.model.DeviceId;
import java.time.Instant;

/** Alarms of one day, by seconds since its begin. */
final class HealthFixture {

  static final long DAY = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  static final long END = DAY + 86_400_000;

  private HealthFixture() {}

  static AlarmSource source(String device, String pattern) {
    return new AlarmSource(new DeviceId("plant", device), pattern);
  }

  /** An alarm that was raised five seconds behind its onset. */
  static AlarmRecord alarm(AlarmSource source, double raised, double cleared) {
    long at = DAY + Math.round(raised * 1000);
    return new AlarmRecord(
        source,
        source + "@" + raised,
        "WARNING",
        at - 5_000,
        at,
        AlarmRecord.NEVER,
        Double.isInfinite(cleared) ? AlarmRecord.NEVER : DAY + Math.round(cleared * 1000));
  }
}
