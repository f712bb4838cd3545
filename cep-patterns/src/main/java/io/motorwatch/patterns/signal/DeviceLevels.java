package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.definition.SignalLevel;

/**
 * By what the conditions of one device are judged, by their index. Looked up once per device; the
 * arrays are not to be changed.
 *
 * @param levels null where a condition is no signal
 * @param gaps the pause after which a condition starts afresh, milliseconds; {@link
 *     Long#MAX_VALUE}: none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record DeviceLevels(SignalLevel[] levels, long[] gaps) {

  public SignalLevel of(int signal) {
    return levels[signal];
  }
}
