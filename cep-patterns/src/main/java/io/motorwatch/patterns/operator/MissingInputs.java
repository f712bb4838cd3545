package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.Step;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which patterns can raise nothing for a device, since it has something they need neither as a
 * field nor on its nameplate, and the file has no default. Immutable.
 */
public final class MissingInputs {

  private static final String CURRENT = "current";
  private static final String SPEED = "speed";
  private static final String RATED_CURRENT = "ratedCurrent";
  private static final String RATED_SPEED = "ratedSpeed";

  private final PatternSet set;

  public MissingInputs(PatternSet set) {
    this.set = set;
  }

  /** What one device has. */
  private record Device(PatternSet set, Attributes attributes, Set<String> fields) {

    boolean has(String name) {
      if (fields.contains(name) || name.contains("(")) {
        return true; // A function has what its arguments have.
      }
      Double own = attributes.numbers().get(name);
      return (own != null && set.variables().range(name).accepts(own))
          || set.defaults().containsKey(name);
    }

    Set<String> missing(Set<String> names) {
      Set<String> missing = new TreeSet<>();
      names.stream().filter(name -> !has(name)).forEach(missing::add);
      return missing;
    }

    /** A motor's state needs one of two pairs. */
    Set<String> missingForMotor() {
      Set<String> byCurrent = missing(Set.of(CURRENT, RATED_CURRENT));
      Set<String> bySpeed = missing(Set.of(SPEED, RATED_SPEED));
      return byCurrent.isEmpty() || bySpeed.isEmpty() ? Set.of() : byCurrent;
    }
  }

  /**
   * What is missing, and the patterns that need it; also attributes by which a pattern chooses its
   * devices and of which the nameplate says nothing.
   *
   * @param fields the names of all fields the device sends
   */
  public Map<String, Set<String>> of(Attributes attributes, Set<String> fields) {
    Map<String, Set<String>> missing = new TreeMap<>();
    for (PatternDefinition pattern : set.patterns()) {
      for (String name : of(pattern.id(), attributes, fields)) {
        missing.computeIfAbsent(name, n -> new TreeSet<>()).add(pattern.id());
      }
    }
    return missing;
  }

  /** What one pattern lacks. */
  public Set<String> of(String pattern, Attributes attributes, Set<String> fields) {
    Device device = new Device(set, attributes, fields);
    return set.patterns().stream()
        .filter(each -> each.id().equals(pattern))
        .findFirst()
        .map(found -> missing(found, device))
        .orElse(Set.of());
  }

  private Set<String> missing(PatternDefinition pattern, Device device) {
    Set<String> missing = new TreeSet<>();
    for (String name : pattern.appliesTo().keySet()) {
      if (!device.attributes().texts().containsKey(name)
          && !device.attributes().numbers().containsKey(name)) {
        missing.add(name);
      }
    }
    for (Step step : pattern.sequence()) {
      missing.addAll(missing(step.what(), device));
    }
    return missing;
  }

  private Set<String> missing(Condition condition, Device device) {
    if (condition instanceof Condition.On on) {
      SignalDefinition signal = set.signals().get(on.signal());
      if (signal == null) {
        return Set.of();
      }
      Set<String> missing = device.missing(signal.names());
      if (signal.dependsOnMotor()) {
        missing.addAll(device.missingForMotor());
      }
      return missing;
    } else if (condition instanceof Condition.Counted counted) {
      return missing(counted.what(), device);
    } else if (condition instanceof Condition.Not not) {
      return missing(not.of(), device);
    } else if (condition instanceof Condition.All all) {
      Set<String> missing = new TreeSet<>();
      all.of().forEach(each -> missing.addAll(missing(each, device)));
      return missing;
    } else if (condition instanceof Condition.Any any) {
      Set<String> missing = new TreeSet<>();
      for (Condition each : any.of()) {
        Set<String> one = missing(each, device);
        if (one.isEmpty()) {
          return Set.of();
        }
        missing.addAll(one);
      }
      return missing;
    } else if (condition instanceof Condition.Motor) {
      return device.missingForMotor();
    } else if (condition instanceof Condition.AlarmOpen alarm) {
      return of(alarm.pattern(), device.attributes(), device.fields());
    }
    return Set.of();
  }
}
