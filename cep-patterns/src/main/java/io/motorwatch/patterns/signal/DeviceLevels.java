package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalLevel;

/**
 * By what the conditions of a device are judged, by their index. Devices without levels of their
 * own share one instance.
 */
public final class DeviceLevels {

  private final SignalLevel[] levels;
  private final long[] gaps;

  /**
   * @param levels null where a condition is no signal
   * @param gaps the pause after which a condition starts afresh, milliseconds; {@link
   *     Long#MAX_VALUE}: none
   */
  DeviceLevels(SignalLevel[] levels, long[] gaps) {
    this.levels = levels;
    this.gaps = gaps;
  }

  public SignalLevel of(int signal) {
    return levels[signal];
  }

  /** Not to be changed. */
  long[] gaps() {
    return gaps;
  }
}
