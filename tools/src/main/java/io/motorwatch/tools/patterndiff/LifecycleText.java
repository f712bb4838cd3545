package io.motorwatch.tools.patterndiff;

import io.motorwatch.model.Durations;
import io.motorwatch.patterns.definition.LifecycleRules;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts of a pattern as a person writes them. */
final class LifecycleText {

  private static final MathContext DIGITS = new MathContext(6);

  private LifecycleText() {}

  static String escalations(PatternDefinition pattern) {
    return pattern.escalations().isEmpty()
        ? "none"
        : pattern.escalations().stream()
            .map(each -> each.severity() + " after " + Durations.format(each.afterMs()))
            .collect(Collectors.joining(", "));
  }

  static String of(LifecycleRules rules) {
    LifecycleRules.Flapping flapping = rules.flapping();
    return (rules.reAlarmMs() > 0
            ? "re-alarm " + Durations.format(rules.reAlarmMs())
            : "no re-alarm")
        + (rules.latch() ? ", latch" : ", no latch")
        + (flapping.watched()
            ? ", flapping with more than "
                + flapping.moreThan()
                + " within "
                + Durations.format(flapping.withinMs())
            : ", no flapping");
  }

  static String number(double value) {
    return BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  static String level(@Nullable SignalLevel level) {
    if (level == null) {
      return "none";
    }
    String side = level.direction() == SignalLevel.Direction.ABOVE ? "above " : "below ";
    return side
        + number(level.level())
        + ", reset "
        + number(level.reset())
        + ", max-gap "
        + Durations.format(level.maxGapMs());
  }
}
