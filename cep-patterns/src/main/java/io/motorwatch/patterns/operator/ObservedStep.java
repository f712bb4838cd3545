package io.motorwatch.patterns.operator;

import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.explain.BreakCause;
import io.motorwatch.patterns.explain.Run;
import io.motorwatch.patterns.signal.ConditionEdges;
import io.motorwatch.patterns.signal.ConditionView;
import io.motorwatch.patterns.signal.DeviceConditions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the condition of one step was true, as its edges say. For one thread. */
final class ObservedStep {

  /** Of a step that waits for an alarm: it has no condition that lasts. */
  static final int NONE = -1;

  private final Step step;
  private final int condition;
  private final ConditionView view;
  private @Nullable Run open;
  private @Nullable Run last;
  private @Nullable Run longest;

  /**
   * @param condition its index, or {@link #NONE}
   */
  ObservedStep(Step step, int condition, ConditionView view) {
    this.step = step;
    this.condition = condition;
    this.view = view;
  }

  Step step() {
    return step;
  }

  int condition() {
    return condition;
  }

  /** Takes a reading after its evaluation. */
  void evaluated(ConditionView.Reading reading) {
    if (condition == NONE) {
      return;
    }
    DeviceConditions conditions = reading.conditions();
    ConditionEdges edges = reading.edges();
    long at = conditions.lastAt();
    if (contains(edges.ends())) {
      end(at, reading);
    }
    if (contains(edges.begins())) {
      begin(at);
    }
    if (contains(edges.endsByAlarm())) {
      end(at, reading);
    }
    if (contains(edges.beginsByAlarm())) {
      begin(at);
    }
    if (open != null && conditions.holds(condition)) {
      open = new Run(open.begin(), at, Long.MAX_VALUE, null);
    }
  }

  private boolean contains(ConditionEdges.Indexes indexes) {
    for (int i = 0; i < indexes.size(); i++) {
      if (indexes.get(i) == condition) {
        return true;
      }
    }
    return false;
  }

  private void begin(long at) {
    open = new Run(at, at, Long.MAX_VALUE, null);
  }

  private void end(long at, ConditionView.Reading reading) {
    Run run = open;
    if (run == null) {
      return;
    }
    BreakCause cause = view.cause(condition, reading);
    Run ended = new Run(run.begin(), run.lastTrue(), at, cause);
    open = null;
    last = ended;
    boolean tooShort = ended.lastedMs() < step.forMs();
    if (tooShort && (longest == null || ended.lastedMs() > longest.lastedMs())) {
      longest = ended;
    }
  }

  /** Forgets what goes on: the device starts again. */
  void restart() {
    open = null;
  }

  /** What an ended run of this reading was ended by. */
  Optional<Run> endedAt(long at) {
    return Optional.ofNullable(last).filter(run -> run.end() == at);
  }

  Optional<Run> open() {
    return Optional.ofNullable(open);
  }

  Optional<Run> last() {
    return Optional.ofNullable(last);
  }

  Optional<Run> longest() {
    return Optional.ofNullable(longest);
  }
}
