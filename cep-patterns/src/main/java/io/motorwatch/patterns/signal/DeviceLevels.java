package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalLevel;

/**
 * The levels and gaps of a device's conditions, by their index. Devices without own levels share
 * one instance.
 */
public final class DeviceLevels {

  private final SignalLevel[] levels;
  private final long[] gaps;

  /**
   * @param levels null where a condition is no signal
   * @param gaps the gap after which a condition is unknown, milliseconds; {@link Long#MAX_VALUE}:
   *     none
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
