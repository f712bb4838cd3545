package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.Suggestion;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads steps and their conditions. */
final class StepParser {

  /** The built-in signal: the device is silent. */
  static final String SILENT = "silent";

  private static final int MAX_TIMES = 20;
  private static final List<String> KINDS = List.of("on", "off", "all", "any", "state", "alarm");

  private final Collection<String> signals;
  private final Collection<String> patterns;
  private final Collection<Problem> problems;
  private final ConditionLimit limit;

  StepParser(
      Collection<String> signals, Collection<String> patterns, Collection<Problem> problems) {
    this.signals = signals;
    this.patterns = patterns;
    this.problems = problems;
    this.limit = new ConditionLimit(problems);
  }

  /** To be called before the steps of each pattern. */
  void nextPattern() {
    limit.nextPattern();
  }

  Optional<Step> step(YamlNode node, boolean first) {
    MappingReader fields = MappingReader.of(node, "a step", problems);
    Optional<Condition> what = held(fields, condition(fields, "a step"));
    long forMs = forMs(fields, 1);
    int times = (int) fields.whole("times", 1, MAX_TIMES).orElse(1);
    long withinMs = fields.duration("within", 1).orElse(0);
    Step absent = absent(fields, first);
    if (first && fields.has("within")) {
      fields.problem(
          fields.keyPosition("within"),
          "the first step has no step before it: put within on the pattern");
    }
    fields.finish();
    if (what.isEmpty()) {
      return Optional.empty();
    }
    if (forMs > 0 && what.get() instanceof Condition.AlarmOpen) {
      fields.problem(
          fields.keyPosition("for"), "an alarm is raised at one moment: it takes no for");
    }
    return Optional.of(new Step(what.get(), forMs, times, absent, withinMs));
  }

  private @Nullable Step absent(MappingReader fields, boolean first) {
    YamlNode node = fields.node("not");
    if (node == null) {
      return null;
    }
    if (first) {
      fields.problem(
          fields.keyPosition("not"), "the first step has no step before it, so nothing for not");
    }
    MappingReader not = MappingReader.of(node, "not", problems);
    Optional<Condition> what = held(not, condition(not, "not"));
    long forMs = forMs(not, 1);
    not.finish();
    return what.isEmpty() ? null : new Step(what.get(), forMs, 1, null, 0);
  }

  /** How long a condition must hold, milliseconds; 0 where it is counted instead. */
  static long forMs(MappingReader fields, long least) {
    boolean counted = fields.node("for") instanceof YamlNode.Mapping;
    return counted ? 0 : fields.duration("for", least).orElse(0);
  }

  /** The condition, counted where {@code for} is {@code {count: …, of: …}}. */
  Optional<Condition> held(MappingReader fields, Optional<Condition> what) {
    YamlNode node = fields.node("for");
    if (!(node instanceof YamlNode.Mapping)) {
      return what;
    }
    MappingReader counts = MappingReader.of(node, "for", problems);
    OptionalLong count = counts.whole("count", 1, Condition.Counted.MOST_READINGS);
    OptionalLong of = counts.whole("of", 1, Condition.Counted.MOST_READINGS);
    counts.finish();
    if (!counts.has("count") || !counts.has("of")) {
      counts.problem(counts.position(), "for needs a duration, or count and of (readings)");
    }
    if (count.isEmpty() || of.isEmpty() || what.isEmpty()) {
      return Optional.empty();
    }
    if (count.getAsLong() > of.getAsLong()) {
      counts.problem(counts.positionOf("count"), "count must be at most of, " + of.getAsLong());
      return Optional.empty();
    }
    if (isWithoutReadings(what.get())) {
      counts.problem(
          fields.keyPosition("for"), "count counts readings, and an alarm or silence has none");
      return Optional.empty();
    }
    Condition counted =
        new Condition.Counted(what.get(), (int) count.getAsLong(), (int) of.getAsLong());
    return Optional.of(counted).filter(found -> limit.admits(found, counts.position()));
  }

  private static boolean isWithoutReadings(Condition condition) {
    if (condition instanceof Condition.Not not) {
      return isWithoutReadings(not.of());
    }
    if (condition instanceof Condition.All all) {
      return all.of().stream().anyMatch(StepParser::isWithoutReadings);
    }
    if (condition instanceof Condition.Any any) {
      return any.of().stream().anyMatch(StepParser::isWithoutReadings);
    }
    return condition instanceof Condition.Silent || condition instanceof Condition.AlarmOpen;
  }

  /** The one condition among a mapping's keys. */
  Optional<Condition> condition(MappingReader fields, String where) {
    KINDS.forEach(fields::node);
    List<String> given = KINDS.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      fields.problem(
          fields.position(), where + " needs exactly one of " + String.join(", ", KINDS));
      return Optional.empty();
    }
    String kind = given.get(0);
    if (kind.equals("all") || kind.equals("any")) {
      return several(fields, kind).filter(found -> limit.admits(found, fields.keyPosition(kind)));
    }
    return fields.scalar(kind).flatMap(name -> counted(kind, name));
  }

  private Optional<Condition> several(MappingReader fields, String kind) {
    List<Condition> conditions = new ArrayList<>();
    List<YamlNode> items = fields.list(kind);
    for (YamlNode item : items) {
      if (item instanceof Scalar name) {
        counted("on", name).ifPresent(conditions::add);
      } else {
        MappingReader inner = MappingReader.of(item, "a condition", problems);
        condition(inner, "a condition").ifPresent(conditions::add);
        inner.finish();
      }
    }
    if (items.isEmpty()) {
      fields.problem(fields.positionOf(kind), kind + " must list at least one signal");
    }
    if (conditions.size() != items.size() || conditions.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        kind.equals("all") ? new Condition.All(conditions) : new Condition.Any(conditions));
  }

  private Optional<Condition> counted(String kind, Scalar name) {
    return single(kind, name).filter(found -> limit.admits(found, name.position()));
  }

  private Optional<Condition> single(String kind, Scalar name) {
    if (name.text().equals(SILENT) && (kind.equals("on") || kind.equals("off"))) {
      Condition silent = new Condition.Silent();
      return Optional.of(kind.equals("on") ? silent : new Condition.Not(silent));
    }
    return switch (kind) {
      case "on" ->
          knownSignal(name.text(), name.position())
              ? Optional.of(new Condition.On(name.text()))
              : Optional.empty();
      case "off" ->
          knownSignal(name.text(), name.position())
              ? Optional.of(new Condition.Not(new Condition.On(name.text())))
              : Optional.empty();
      case "alarm" ->
          known(name.text(), name.position(), "pattern", patterns)
              ? Optional.of(new Condition.AlarmOpen(name.text()))
              : Optional.empty();
      default -> MotorStateParser.parse(name, problems).map(Condition.Motor::new);
    };
  }

  /** Whether a signal of this name exists; reports an unknown one. */
  boolean knownSignal(String name, Position at) {
    return known(name, at, "signal", signals);
  }

  private boolean known(String name, Position at, String what, Collection<String> names) {
    if (names.contains(name)) {
      return true;
    }
    problems.add(
        new Problem(at, "unknown " + what + " '" + name + "'" + Suggestion.among(names, name)));
    return false;
  }
}
