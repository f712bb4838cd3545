package io.motorwatch.patterns.operator;

import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.explain.Explanation.Loss;
import io.motorwatch.patterns.explain.Explanation.Why;
import io.motorwatch.patterns.sequence.CompiledSequence.Stage;
import io.motorwatch.patterns.sequence.SequenceRunner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * How far the partial matches of a pattern are after each reading, read from the sequence that the
 * evaluation keeps, and why one was given up. For one thread.
 */
final class ObservedSequence {

  private static final int KEPT_LOSSES = 20;

  private final CompiledPattern pattern;
  private final Deque<Loss> losses = new ArrayDeque<>();
  private List<Long> furthest = List.of();

  ObservedSequence(CompiledPattern pattern) {
    this.pattern = pattern;
  }

  /** Stages that the furthest partial match has taken, or the match if the alarm was raised. */
  List<Long> furthest() {
    return furthest;
  }

  List<Loss> losses() {
    return List.copyOf(losses);
  }

  /**
   * Takes a reading after its evaluation.
   *
   * @param raised whether it completed the pattern
   * @param applies whether the pattern still applies to the device
   */
  void evaluated(
      DeviceState state, long at, boolean raised, boolean applies, List<ObservedStep> steps)
      throws Exception {
    SequenceRunner runner = pattern.runner();
    if (raised) {
      furthest = runner.lastMatch();
      return;
    }
    SequenceRunner.SavedState saved = state.sequences.get(pattern.fingerprint());
    List<Long> now = List.of();
    if (saved != null) {
      runner.load(saved);
      now =
          runner.partialMatches().stream()
              .max(
                  Comparator.<List<Long>>comparingInt(List::size)
                      .thenComparing(match -> -match.get(0)))
              .orElse(List.of());
      runner.load(null);
    }
    boolean open = state.alarms.isOpen(pattern.id());
    if (now.size() < furthest.size() && !open) {
      lost(at, applies, steps);
    }
    if (!open) {
      furthest = now;
    }
  }

  /** Forgets what is under way. */
  void restart(long at, String detail) {
    if (!furthest.isEmpty()) {
      add(new Loss(at, completed(furthest), Why.RESTARTED, detail));
    }
    furthest = List.of();
  }

  /** The alarm of the match has been cleared: what comes is another one. */
  void cleared() {
    furthest = List.of();
  }

  private void lost(long at, boolean applies, List<ObservedStep> steps) {
    int completed = completed(furthest);
    if (completed == 0) {
      return; // The run of the first step says it.
    }
    PatternDefinition definition = pattern.definition();
    if (!applies) {
      add(new Loss(at, completed, Why.RESTARTED, "the pattern does not apply to the device now"));
      return;
    }
    if (definition.withinMs() > 0 && at - furthest.get(0) > definition.withinMs()) {
      add(new Loss(at, completed, Why.TOO_LATE, "within"));
      return;
    }
    Stage next = pattern.runner().sequence().stages().get(furthest.size());
    Step waiting = definition.sequence().get(next.step());
    Why why;
    if (waiting.withinMs() > 0 && at - stepBefore(next.step()) > waiting.withinMs()) {
      why = Why.TOO_LATE;
    } else if (steps.get(next.step()).endedAt(at).isPresent()) {
      why = Why.BROKEN;
    } else {
      why = Why.FORBIDDEN;
    }
    add(new Loss(at, completed, why, String.valueOf(next.step() + 1)));
  }

  /** When the steps before one were complete. */
  private long stepBefore(int step) {
    List<Stage> stages = pattern.runner().sequence().stages();
    long at = Long.MAX_VALUE;
    for (int i = 0; i < furthest.size(); i++) {
      if (stages.get(i).step() < step) {
        at = furthest.get(i);
      }
    }
    return at;
  }

  private void add(Loss loss) {
    if (losses.size() == KEPT_LOSSES) {
      losses.removeFirst();
    }
    losses.addLast(loss);
  }

  private int completed(List<Long> stages) {
    return (int)
        pattern.runner().sequence().stages().subList(0, stages.size()).stream()
            .filter(Stage::completes)
            .count();
  }

  /** When each repetition of a step was complete. */
  List<Long> happened(int step) {
    List<Stage> stages = pattern.runner().sequence().stages();
    List<Long> happened = new ArrayList<>();
    for (int i = 0; i < furthest.size(); i++) {
      if (stages.get(i).step() == step && stages.get(i).completes()) {
        happened.add(furthest.get(i));
      }
    }
    return happened;
  }
}
