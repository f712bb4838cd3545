package io.motorwatch.tools.patterndiff;

import io.motorwatch.model.Durations;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a changed signal means, in words. */
final class SignalDiff {

  private final List<String> lines = new ArrayList<>();

  private SignalDiff() {}

  static List<String> of(@Nullable SignalDefinition old, @Nullable SignalDefinition now) {
    if (old == null || now == null) {
      return List.of(now == null ? "removed" : "new");
    }
    SignalDiff diff = new SignalDiff();
    diff.compare(old, now);
    return List.copyOf(diff.lines);
  }

  private void compare(SignalDefinition old, SignalDefinition now) {
    if (!old.text().equals(now.text())) {
      lines.add(
          "value "
              + old.text()
              + " → "
              + now.text()
              + ": it measures something else and starts again");
    }
    SignalLevel then = old.level();
    SignalLevel level = now.level();
    String side = side(level);
    if (then.direction() != level.direction()) {
      lines.add(
          side(then)
              + " "
              + LifecycleText.number(then.level())
              + " → "
              + side
              + " "
              + LifecycleText.number(level.level())
              + ": the other side");
      return;
    }
    if (then.level() != level.level()) {
      lines.add(
          side
              + " "
              + LifecycleText.number(then.level())
              + " → "
              + LifecycleText.number(level.level())
              + (level.isStricterThan(then.level())
                  ? ": stricter, true later and less often"
                  : ": milder, true earlier and more often"));
    }
    if (then.reset() != level.reset()) {
      boolean sooner =
          (level.direction() == SignalLevel.Direction.ABOVE) == level.reset() > then.reset();
      lines.add(
          "reset "
              + LifecycleText.number(then.reset())
              + " → "
              + LifecycleText.number(level.reset())
              + (sooner ? ": ends sooner" : ": ends later"));
    }
    if (then.maxGapMs() != level.maxGapMs()) {
      lines.add(
          "max-gap "
              + Durations.format(then.maxGapMs())
              + " → "
              + Durations.format(level.maxGapMs())
              + (level.maxGapMs() > then.maxGapMs()
                  ? ": lasts through longer gaps"
                  : ": broken by shorter gaps"));
    }
    if (!old.whileStates().equals(now.whileStates())) {
      lines.add(
          "while "
              + new TreeSet<>(old.whileStates())
              + " → "
              + new TreeSet<>(now.whileStates())
              + ": the motor states in which it counts");
    }
  }

  private static String side(SignalLevel level) {
    return level.direction() == SignalLevel.Direction.ABOVE ? "above" : "below";
  }
}
