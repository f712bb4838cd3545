package io.motorwatch.patterns.operator;

import io.motorwatch.model.DeviceId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits how often one device's nameplate is reported: a device that publishes another one with
 * each reading must not flood the database. A suppressed report is checked again with the device's
 * next reading, so that the newest state is reported in the end. Kept in memory only: a restart
 * causes at most one additional report. For the task thread only.
 */
final class NameplateReportLimit {

  static final int PER_MINUTE = 6;

  private static final long MINUTE_MS = 60_000;

  /** The number of devices remembered: those whose nameplate changed last. */
  private static final int DEVICES = 10_000;

  /** A device's reports in the minute of device time that began with the first of them. */
  private static final class Recent {
    private long since;
    private int reports;
  }

  private final Map<DeviceId, Recent> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceId, Recent> eldest) {
          return size() > DEVICES;
        }
      };

  /**
   * Whether a report may be made now; counts it.
   *
   * @param at device time
   */
  boolean permits(DeviceId device, long at) {
    Recent mine = recent.computeIfAbsent(device, unknown -> new Recent());
    if (mine.reports == 0 || Math.abs(at - mine.since) >= MINUTE_MS) {
      mine.since = at;
      mine.reports = 0;
    }
    if (mine.reports >= PER_MINUTE) {
      return false;
    }
    mine.reports++;
    return true;
  }
}
