package io.motorwatch.patterns.operator;

import io.motorwatch.model.AlarmState;
import io.motorwatch.patterns.definition.LifecycleRules;
import io.motorwatch.patterns.definition.MessageTemplate;
import io.motorwatch.patterns.definition.PatternDefinition;

/** The text of a transition, for people. */
final class AlarmText {

  private AlarmText() {}

  static String of(
      AlarmState state,
      boolean returned,
      PatternDefinition pattern,
      MessageTemplate.AlarmValues values,
      AlarmFactory.ReadingValues reading) {
    String title = pattern.identity().title();
    String duration = MessageTemplate.duration(values.durationMs());
    return switch (state) {
      // The pattern's own message describes something that is still going on.
      case CLEARED -> "Cleared after " + duration + peak(values) + ": " + title;
      case RETURNED ->
          "Back to normal after " + duration + peak(values) + ", to be acknowledged: " + title;
      case FLAPPING -> flapping(pattern.lifecycle().flapping()) + title;
      default ->
          returned
              ? "Back to normal, still to be acknowledged" + peak(values) + ": " + title
              : pattern
                  .notification()
                  .message()
                  .render(values, reading.variables(), reading.texts());
    };
  }

  private static String flapping(LifecycleRules.Flapping limit) {
    return "Flapping, raised more than "
        + limit.moreThan()
        + " times in "
        + MessageTemplate.duration(limit.withinMs())
        + ": ";
  }

  private static String peak(MessageTemplate.AlarmValues values) {
    return Double.isNaN(values.peak())
        ? ""
        : ", peak " + MessageTemplate.quantity(values.peak(), values.ratio());
  }
}
