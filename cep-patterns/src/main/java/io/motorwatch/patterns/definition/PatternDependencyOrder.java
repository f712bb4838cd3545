package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Sorts patterns behind those whose alarms they wait for, and rejects cycles. */
final class PatternDependencyOrder {

  private final Map<String, PatternDefinition> patterns;
  private final Set<String> done = new LinkedHashSet<>();
  private final Set<String> underWay = new HashSet<>();
  private final Set<String> circular = new LinkedHashSet<>();

  private PatternDependencyOrder(Map<String, PatternDefinition> patterns) {
    this.patterns = patterns;
  }

  static List<PatternDefinition> sort(
      Map<String, PatternDefinition> patterns,
      Function<String, Position> positions,
      Collection<Problem> problems) {
    PatternDependencyOrder order = new PatternDependencyOrder(patterns);
    patterns.keySet().forEach(order::visit);
    for (String id : order.circular) {
      problems.add(
          new Problem(
              positions.apply(id), "pattern " + id + " waits, through others, for its own alarm"));
    }
    return order.done.stream().map(patterns::get).toList();
  }

  private void visit(String id) {
    PatternDefinition pattern = patterns.get(id);
    if (pattern == null || done.contains(id)) {
      return;
    }
    if (!underWay.add(id)) {
      circular.add(id);
      return;
    }
    for (Step step : pattern.sequence()) {
      visitAlarms(step.what());
      if (step.absent() != null) {
        visitAlarms(step.absent().what());
      }
    }
    visitAlarms(pattern.clear().when());
    underWay.remove(id);
    done.add(id);
  }

  private void visitAlarms(Condition condition) {
    if (condition instanceof Condition.AlarmOpen alarm) {
      visit(alarm.pattern());
    } else if (condition instanceof Condition.Not not) {
      visitAlarms(not.of());
    } else if (condition instanceof Condition.All all) {
      all.of().forEach(this::visitAlarms);
    } else if (condition instanceof Condition.Any any) {
      any.of().forEach(this::visitAlarms);
    }
  }
}
