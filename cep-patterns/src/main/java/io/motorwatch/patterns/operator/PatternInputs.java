package io.motorwatch.patterns.operator;

import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.motor.MotorStateDetector;
import java.util.Set;
import java.util.TreeSet;

/** The fields and attributes that decide whether a pattern raises and clears its alarm. */
final class PatternInputs {

  private final PatternSet set;
  private final Set<String> names = new TreeSet<>();

  private PatternInputs(PatternSet set) {
    this.set = set;
  }

  static Set<String> of(PatternDefinition pattern, PatternSet set) {
    PatternInputs used = new PatternInputs(set);
    for (Step step : pattern.sequence()) {
      used.add(step.what());
      Step absent = step.absent();
      if (absent != null) {
        used.add(absent.what());
      }
    }
    used.add(pattern.clear().when());
    return used.names;
  }

  private void add(Condition condition) {
    if (condition instanceof Condition.On on) {
      SignalDefinition signal = set.signals().get(on.signal());
      if (signal != null) {
        names.addAll(signal.names());
        if (signal.dependsOnMotor()) {
          names.addAll(MotorStateDetector.NAMES);
        }
      }
    } else if (condition instanceof Condition.Counted counted) {
      add(counted.what());
    } else if (condition instanceof Condition.Not not) {
      add(not.of());
    } else if (condition instanceof Condition.All all) {
      all.of().forEach(this::add);
    } else if (condition instanceof Condition.Any any) {
      any.of().forEach(this::add);
    } else if (condition instanceof Condition.Motor) {
      names.addAll(MotorStateDetector.NAMES);
    }
  }
}
