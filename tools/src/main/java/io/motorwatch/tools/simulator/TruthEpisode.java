package io.motorwatch.tools.simulator;

import java.util.Set;

/**
 * An alarm that the shipped patterns must raise, and clear, for a fleet; times are device times of
 * readings, epoch milliseconds.
 *
 * @param pattern {@code overload}, {@code stall} or {@code locked-rotor-start}
 * @param onsetAt the first reading above the level, in the motor state that counts
 * @param raisedAt the first reading that completes the pattern
 * @param clearedAt the first reading afterwards below reset or in another motor state
 */
public record TruthEpisode(
    String site, String device, String pattern, long onsetAt, long raisedAt, long clearedAt) {

  /** The patterns whose every alarm the truth foretells; of others it says nothing. */
  public static final Set<String> PATTERNS =
      Set.of(Truth.OVERLOAD, Truth.STALL, Truth.LOCKED_ROTOR_START);

  /** One line of a truth file. */
  public String json() {
    return "{\"site\":\""
        + site
        + "\",\"device\":\""
        + device
        + "\",\"pattern\":\""
        + pattern
        + "\",\"onsetAt\":"
        + onsetAt
        + ",\"raisedAt\":"
        + raisedAt
        + ",\"clearedAt\":"
        + clearedAt
        + "}";
  }
}
