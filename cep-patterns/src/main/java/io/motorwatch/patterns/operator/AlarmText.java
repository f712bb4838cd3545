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
      MessageTemplate.Facts facts,
      AlarmFactory.Known known) {
    String title = pattern.identity().title();
    String duration = MessageTemplate.duration(facts.durationMs());
    return switch (state) {
      // The pattern's own message describes something that is still going on.
      case CLEARED -> "Cleared after " + duration + peak(facts) + ": " + title;
      case RETURNED ->
          "Back to normal after " + duration + peak(facts) + ", to be acknowledged: " + title;
      case FLAPPING -> flapping(pattern.lifecycle().flapping()) + title;
      default ->
          returned
              ? "Back to normal, still to be acknowledged" + peak(facts) + ": " + title
              : pattern.notification().message().render(facts, known.variables(), known.texts());
    };
  }

  private static String flapping(LifecycleRules.Flapping limit) {
    return "Flapping, raised more than "
        + limit.moreThan()
        + " times in "
        + MessageTemplate.duration(limit.withinMs())
        + ": ";
  }

  private static String peak(MessageTemplate.Facts facts) {
    return Double.isNaN(facts.peak())
        ? ""
        : ", peak " + MessageTemplate.quantity(facts.peak(), facts.ratio());
  }
}
