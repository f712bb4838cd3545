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
 * @param clear when its alarm ends
 * @param escalations by time, earliest first
 * @param life what else becomes of its alarms
 * @param telling what its alarms tell
 * @param appliesTo attribute values a device must have, by attribute; empty: every device
 * @param overrides signal levels by device ({@code device} or {@code site/device}), then signal
 */
public record PatternDefinition(
    Identity identity,
    List<Step> sequence,
    long withinMs,
    ClearRule clear,
    List<Escalation> escalations,
    LifecycleRules life,
    Telling telling,
    Map<String, List<String>> appliesTo,
    Map<String, Map<String, SignalLevel>> overrides) {

  /**
   * How people know the pattern.
   *
   * @param id its key in the file
   * @param ansi ANSI device number, or empty
   */
  public record Identity(String id, String title, String ansi, String severity) {}

  /**
   * What the alarms of a pattern tell.
   *
   * @param message the text, with {@code {placeholders}}
   * @param report numbers sent along, by name in their order
   * @param command JSON for the device when an alarm is raised; empty: none
   */
  public record Telling(MessageTemplate message, Map<String, Expression> report, String command) {}

  public String id() {
    return identity.id();
  }

  public Step lastStep() {
    return sequence.get(sequence.size() - 1);
  }
}
