package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.definition.LifecycleRules.Flapping;
import io.motorwatch.patterns.definition.PatternDefinition.Escalation;
import io.motorwatch.patterns.definition.PatternDefinition.Notification;
import io.motorwatch.patterns.expression.Expression;
import io.motorwatch.patterns.expression.VariableTable;
import io.motorwatch.patterns.yaml.JsonWriter;
import io.motorwatch.patterns.yaml.MappingReader;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.patterns.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a pattern says about its alarms: escalation, life cycle and notification. */
final class AlarmSettingsParser {

  /** The times of so many raises are kept per device and pattern. */
  private static final int MOST_RAISES = 100;

  /** Characters of a command's JSON; a broker for small devices may accept few thousand. */
  private static final int MAX_COMMAND_CHARACTERS = 4096;

  private final VariableTable variables;
  private final Collection<Problem> problems;

  AlarmSettingsParser(VariableTable variables, Collection<Problem> problems) {
    this.variables = variables;
    this.problems = problems;
  }

  List<Escalation> escalations(MappingReader pattern) {
    List<Escalation> escalations = new ArrayList<>();
    for (YamlNode node : pattern.list("escalate")) {
      MappingReader item = MappingReader.of(node, "an escalation", problems);
      long after = item.duration("after", 1).orElse(0);
      String severity = Severities.of(item);
      if (!item.has("after") || !item.has("severity")) {
        item.problem(item.position(), "an escalation needs after and severity");
      }
      item.finish();
      escalations.add(new Escalation(after, severity));
    }
    escalations.sort(Comparator.comparingLong(Escalation::afterMs));
    return List.copyOf(escalations);
  }

  /** Reads {@code re-alarm}, {@code latch} and {@code flapping}. */
  LifecycleRules lifecycle(MappingReader pattern) {
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

  /**
   * Reads {@code message}, {@code report} and {@code command}.
   *
   * @param title of the pattern: the message where none is given
   */
  Notification notification(MappingReader pattern, String title) {
    return new Notification(message(pattern, title), report(pattern), command(pattern));
  }

  private MessageTemplate message(MappingReader pattern, String title) {
    VariableLimit limit = VariableLimit.before(variables);
    MessageTemplate message =
        MessageTemplate.parse(pattern.text("message").orElse(title), variables);
    limit.check(pattern.positionOf(pattern.has("message") ? "message" : "title"), problems);
    return message;
  }

  private Map<String, Expression> report(MappingReader pattern) {
    Map<String, Expression> report = new LinkedHashMap<>();
    YamlNode node = pattern.node("report");
    if (node != null) {
      MappingReader items = MappingReader.of(node, "report", problems);
      Set<String> names = variables.recordNames();
      for (String name : items.named().keySet()) {
        items
            .scalar(name)
            .flatMap(text -> ExpressionParser.number(text, variables, problems))
            .ifPresent(expression -> report.put(name, expression));
      }
      variables.recordNames();
      variables.computeAlways(names);
    }
    return report;
  }

  /** As JSON, exactly as written; empty where there is none, or a faulty one, which is reported. */
  private static String command(MappingReader pattern) {
    YamlNode node = pattern.node("command");
    if (node == null) {
      return "";
    }
    boolean hasContent =
        node instanceof YamlNode.Scalar word
            ? !word.text().isBlank()
            : node instanceof YamlNode.Mapping members && !members.entries().isEmpty();
    if (!hasContent) {
      pattern.problem(
          node.position(), "command must be a word or a mapping, such as {action: stop}");
      return "";
    }
    String json = JsonWriter.write(node);
    if (json.length() > MAX_COMMAND_CHARACTERS) {
      pattern.problem(
          node.position(),
          "command is "
              + json.length()
              + " characters of JSON long, at most "
              + MAX_COMMAND_CHARACTERS);
    }
    return json;
  }
}
