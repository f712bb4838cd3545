package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.definition.LifecycleRules.Flapping;
import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode;
import java.util.Collection;

/** Reads how a pattern's alarms live: {@code re-alarm}, {@code latch}, {@code flapping}. */
final class AlarmSettingsParser {

  /** The times of so many raises are kept per device and pattern. */
  private static final int MOST_RAISES = 100;

  private AlarmSettingsParser() {}

  static LifecycleRules parse(MappingReader pattern, Collection<Problem> problems) {
    long reAlarm = pattern.duration("re-alarm", 1).orElse(0);
    boolean latch = pattern.flag("latch").orElse(false);
    YamlNode node = pattern.node("flapping");
    if (node == null) {
      return new LifecycleRules(reAlarm, latch, Flapping.UNWATCHED);
    }
    MappingReader fields = MappingReader.of(node, "flapping", problems);
    int moreThan = (int) fields.whole("more-than", 1, MOST_RAISES).orElse(0);
    long within = fields.duration("within", 1).orElse(0);
    if (!fields.has("more-than") || !fields.has("within")) {
      fields.problem(fields.position(), "flapping needs more-than (raises) and within (a time)");
    }
    fields.finish();
    return new LifecycleRules(reAlarm, latch, new Flapping(moreThan, within));
  }
}
