package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.expression.Expression;
import java.util.List;
import java.util.Map;

/**
 * A pattern of a pattern file.
 *
 * @param identity what it is called
 * @param sequence its steps, in order; at least one
 * @param withinMs how long the whole sequence may take, milliseconds; 0: no limit
 * @param clear when its alarm is cleared
 * @param escalations by time, earliest first
 * @param lifecycle re-alarming, latching and flapping of its alarms
 * @param notification what its alarms report
 * @param appliesTo attribute values a device must have, by attribute; empty: every device
 * @param overrides signal levels by device ({@code device} or {@code site/device}), then signal
 */
public record PatternDefinition(
    Identity identity,
    List<Step> sequence,
    long withinMs,
    ClearRule clear,
    List<Escalation> escalations,
    LifecycleRules lifecycle,
    Notification notification,
    Map<String, List<String>> appliesTo,
    Map<String, Map<String, SignalLevel>> overrides) {

  /**
   * The names of the pattern.
   *
   * @param id its key in the file
   * @param ansi ANSI device number, or empty
   */
  public record Identity(String id, String title, String ansi, String severity) {}

  /**
   * What the alarms of a pattern report.
   *
   * @param message the text, with {@code {placeholders}}
   * @param report further numbers, by name in the order of the file
   * @param command JSON sent to the device when an alarm is raised; empty: none
   */
  public record Notification(
      MessageTemplate message, Map<String, Expression> report, String command) {}

  /**
   * A higher severity for an alarm that stays open.
   *
   * @param afterMs since it was raised, milliseconds of device time
   */
  public record Escalation(long afterMs, String severity) {

    /** Whether it is higher than an alarm's current severity. */
    public boolean isAbove(String current) {
      return Severities.ALL.indexOf(severity) > Severities.ALL.indexOf(current);
    }
  }

  public String id() {
    return identity.id();
  }

  public Step lastStep() {
    return sequence.get(sequence.size() - 1);
  }
}
