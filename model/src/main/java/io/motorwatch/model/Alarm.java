package io.motorwatch.model;

import java.util.Map;

/**
 * One transition of one alarm. All times are device time in epoch milliseconds, so that the same
 * readings give the same alarms, whenever and however often they are evaluated.
 *
 * @param episode identity and beginning of the alarm
 * @param state what happened
 * @param severity the severity from this transition on
 * @param at when it happened: the time of the reading that caused it
 * @param ordinal how many transitions of this pattern and device came before in the same
 *     millisecond; makes the InfluxDB points distinct
 * @param value the deciding signal's value at the transition; NaN where the pattern has none
 * @param threshold the level it was evaluated by; NaN where the pattern has none
 * @param peak the value's extreme since the onset; NaN where the pattern has none
 * @param said what is reported with it
 */
public record Alarm(
    AlarmEpisode episode,
    AlarmState state,
    String severity,
    long at,
    int ordinal,
    double value,
    double threshold,
    double peak,
    Said said) {

  /**
   * What is reported with a transition.
   *
   * @param message for a person
   * @param report the pattern's own numbers, in its order
   * @param reason why it was cleared where not by its clear condition, else empty
   * @param command JSON for the device, as its pattern has it; empty where there is nothing to do,
   *     so with every transition but the raise
   */
  public record Said(String message, Map<String, Double> report, String reason, String command) {}

  public String message() {
    return said.message();
  }

  public Map<String, Double> report() {
    return said.report();
  }

  public String reason() {
    return said.reason();
  }

  public String command() {
    return said.command();
  }

  /** From the onset to this transition, milliseconds. */
  public long durationMs() {
    return at - episode.onsetAt();
  }
}
