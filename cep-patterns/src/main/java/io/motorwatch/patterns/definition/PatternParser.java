package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.definition.PatternDefinition.Escalation;
import io.motorwatch.patterns.expression.VariableTable;
import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one pattern. */
final class PatternParser {

  private static final int MAX_STEPS = 10;

  /** Each is a state of the sequence's NFA; a device may be in several at once. */
  private static final int MAX_REPETITIONS = 40;

  private final Map<String, SignalDefinition> signals;
  private final VariableTable variables;
  private final Collection<Problem> problems;
  private final StepParser steps;
  private final AlarmSettingsParser alarmSettings;

  PatternParser(
      Map<String, SignalDefinition> signals,
      StepParser steps,
      VariableTable variables,
      Collection<Problem> problems) {
    this.signals = signals;
    this.variables = variables;
    this.problems = problems;
    this.steps = steps;
    this.alarmSettings = new AlarmSettingsParser(variables, problems);
  }

  Optional<PatternDefinition> parse(String id, YamlNode node) {
    int before = problems.size();
    steps.nextPattern();
    MappingReader fields = MappingReader.of(node, "pattern " + id, problems);
    PatternDefinition.Identity identity =
        new PatternDefinition.Identity(
            id,
            fields.text("title").orElse(id),
            fields.text("ansi").orElse(""),
            Severities.of(fields));
    List<Step> sequence = sequence(fields, id);
    long withinMs = fields.duration("within", 1).orElse(0);
    List<Escalation> escalations = alarmSettings.escalations(fields);
    LifecycleRules lifecycle = alarmSettings.lifecycle(fields);
    PatternDefinition.Notification notification =
        alarmSettings.notification(fields, identity.title());
    Map<String, List<String>> appliesTo = appliesTo(fields);
    Map<String, Map<String, SignalLevel>> overrides = overrides(fields);
    Optional<ClearRule> clear = clear(fields, sequence);
    fields.finish();
    if (problems.size() > before || sequence.isEmpty() || clear.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PatternDefinition(
            identity,
            sequence,
            withinMs,
            clear.get(),
            escalations,
            lifecycle,
            notification,
            appliesTo,
            overrides));
  }

  private List<Step> sequence(MappingReader fields, String id) {
    List<YamlNode> nodes = fields.list("sequence");
    if (nodes.isEmpty()) {
      fields.problem(fields.position(), "pattern " + id + " has no sequence: a list of steps");
    }
    if (nodes.size() > MAX_STEPS) {
      fields.problem(fields.positionOf("sequence"), "at most " + MAX_STEPS + " steps");
      return List.of();
    }
    List<Step> sequence = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      steps.step(nodes.get(i), i == 0).ifPresent(sequence::add);
    }
    int repetitions = sequence.stream().mapToInt(Step::times).sum();
    if (repetitions > MAX_REPETITIONS) {
      fields.problem(
          fields.positionOf("sequence"),
          "the steps of a pattern happen at most "
              + MAX_REPETITIONS
              + " times together (each its times, 1 where not given), not "
              + repetitions);
    }
    return sequence;
  }

  private Optional<ClearRule> clear(MappingReader fields, List<Step> sequence) {
    YamlNode node = fields.node("clear");
    if (node == null) {
      return sequence.isEmpty()
          ? Optional.empty()
          : Optional.of(ClearRule.byDefault(sequence.get(sequence.size() - 1)));
    }
    MappingReader clear = MappingReader.of(node, "clear", problems);
    Optional<Condition> when = steps.held(clear, steps.condition(clear, "clear"));
    long forMs = StepParser.forMs(clear, 0);
    clear.finish();
    return when.map(condition -> new ClearRule(condition, forMs));
  }

  private Map<String, List<String>> appliesTo(MappingReader fields) {
    Map<String, List<String>> appliesTo = new LinkedHashMap<>();
    YamlNode node = fields.node("applies-to");
    if (node != null) {
      MappingReader attributes = MappingReader.of(node, "applies-to", problems);
      for (String name : attributes.named().keySet()) {
        appliesTo.put(name, attributes.scalars(name).stream().map(Scalar::text).toList());
      }
    }
    return appliesTo;
  }

  private Map<String, Map<String, SignalLevel>> overrides(MappingReader fields) {
    Map<String, Map<String, SignalLevel>> overrides = new LinkedHashMap<>();
    YamlNode node = fields.node("overrides");
    if (node != null) {
      MappingReader devices = MappingReader.of(node, "overrides", problems);
      devices
          .named()
          .forEach((device, override) -> overrides.put(device, deviceOverride(device, override)));
    }
    return overrides;
  }

  private Map<String, SignalLevel> deviceOverride(String device, YamlNode node) {
    Map<String, SignalLevel> levels = new LinkedHashMap<>();
    MappingReader fields = MappingReader.of(node, "the override of " + device, problems);
    YamlNode named = fields.node("signals");
    fields.finish();
    if (named == null) {
      fields.problem(fields.position(), "the override of " + device + " names no signals");
      return levels;
    }
    MappingReader list = MappingReader.of(named, "signals", problems);
    SignalParser parser = new SignalParser(variables, problems);
    list.named()
        .forEach(
            (name, override) -> {
              SignalDefinition signal = signals.get(name);
              if (signal == null) {
                steps.knownSignal(name, list.keyPosition(name));
                return;
              }
              MappingReader level = MappingReader.of(override, "signal " + name, problems);
              parser.level(level, name, signal.level()).ifPresent(l -> levels.put(name, l));
              level.finish();
            });
    return levels;
  }
}
