package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.UnusableValues.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What devices send with every reading and need be reported only now and then: the same of a device
 * once in a minute of arrival. For one thread; forgotten with a restart, and then reported again.
 */
final class ReportThrottle {

  /** For messages of no device. */
  static final DeviceId NOBODY = new DeviceId("+", "+");

  private static final long EVERY_MS = 60_000;

  /** Bounds what invented devices can occupy; the oldest is forgotten. */
  private static final int MOST = 20_000;

  private final Map<Report, Long> lastReported =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Report, Long> eldest) {
          return size() > MOST;
        }
      };

  private record Report(DeviceId device, int what) {}

  /** Whether these members were not reported within the last minute; values may differ. */
  boolean isNew(DeviceId device, List<Member> members, long arrivedAt) {
    int names = 1;
    for (int i = 0; i < members.size(); i++) {
      names = 31 * names + members.get(i).name().hashCode();
    }
    return isNew(new Report(device, names), arrivedAt);
  }

  /** Whether this was not reported within the last minute; places and numbers may differ. */
  boolean isNew(DeviceId device, String detail, long arrivedAt) {
    return isNew(new Report(device, detail.replaceAll("[0-9]+", "").hashCode()), arrivedAt);
  }

  private boolean isNew(Report said, long arrivedAt) {
    Long last = lastReported.get(said);
    // Also of a clock that was set back.
    if (last != null && Math.abs(arrivedAt - last) < EVERY_MS) {
      return false;
    }
    lastReported.put(said, arrivedAt);
    return true;
  }
}
