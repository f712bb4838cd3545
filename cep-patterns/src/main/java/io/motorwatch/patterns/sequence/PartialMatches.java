package io.motorwatch.patterns.sequence;

import io.motorwatch.patterns.sequence.CompiledSequence.StageLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;

/**
 * Limits the number of partial matches of a sequence, which Flink CEP would let grow with every
 * repetition of a step. Partial matches that wait at the same stage differ only in when they began
 * (the earliest gives the onset) and in how long they may still wait (the latest may wait longest).
 * So dropped are:
 *
 * <ul>
 *   <li>those that have already waited too long;
 *   <li>where no time limit applies, all but the earliest of a stage;
 *   <li>of those that began at the same time, all but the one that may wait longest;
 *   <li>beyond {@value #MOST} at a stage, those in the middle. The latest stays, so that no alarm
 *       is missed; at worst the onset of a match is reported somewhat later than it was.
 * </ul>
 */
final class PartialMatches {

  static final int MOST = 32;

  /**
   * A partial match that waits at a stage.
   *
   * @param from since when, device time
   */
  private record Waiting(ComputationState state, long from) {}

  private static final Comparator<Waiting> EARLIEST =
      Comparator.<Waiting>comparingLong(each -> each.state().getStartTimestamp())
          .thenComparingLong(Waiting::from);

  private final StageLimits limits;

  PartialMatches(StageLimits limits) {
    this.limits = limits;
  }

  void prune(NFAState progress, SharedBufferAccessor<EdgeEvent> accessor, long now)
      throws Exception {
    if (progress.getPartialMatches().size() <= 2 && !limits.any()) {
      return;
    }
    PriorityQueue<ComputationState> kept =
        new PriorityQueue<>(NFAState.COMPUTATION_STATE_COMPARATOR);
    Map<String, List<Waiting>> byStage = new HashMap<>();
    for (ComputationState each : progress.getPartialMatches()) {
      if (each.getPreviousBufferEntry() == null) {
        kept.add(each);
      } else {
        byStage
            .computeIfAbsent(each.getCurrentStateName(), s -> new ArrayList<>())
            .add(new Waiting(each, waitingSince(each, accessor)));
      }
    }
    boolean changed = false;
    for (Map.Entry<String, List<Waiting>> entry : byStage.entrySet()) {
      List<Waiting> retained = retained(entry.getKey(), entry.getValue(), now);
      // By identity: two partial matches may be equal in all that is compared.
      IdentityHashMap<ComputationState, Boolean> staying = new IdentityHashMap<>();
      retained.forEach(each -> staying.put(each.state(), true));
      kept.addAll(staying.keySet());
      for (Waiting each : entry.getValue()) {
        if (!staying.containsKey(each.state())) {
          ComputationState dropped = each.state();
          accessor.releaseNode(dropped.getPreviousBufferEntry(), dropped.getVersion());
          changed = true;
        }
      }
    }
    if (changed) {
      progress.setNewPartialMatches(kept);
    }
  }

  /** The next device time at which a partial match will have waited too long. */
  long checkAt(NFAState progress, SharedBufferAccessor<EdgeEvent> accessor) {
    long next = Long.MAX_VALUE;
    for (ComputationState each : progress.getPartialMatches()) {
      if (each.getPreviousBufferEntry() == null) {
        continue;
      }
      if (limits.withinMs() > 0) {
        next = Math.min(next, each.getStartTimestamp() + limits.withinMs() + 1);
      }
      StageLimits.Wait wait = limits.waits().get(each.getCurrentStateName());
      if (wait != null) {
        next = Math.min(next, waitingSince(each, accessor) + wait.withinMs() + 1);
      }
    }
    return next;
  }

  /** When the step before completed, where a limit applies; else when it reached the stage. */
  private long waitingSince(ComputationState each, SharedBufferAccessor<EdgeEvent> accessor) {
    StageLimits.Wait wait = limits.waits().get(each.getCurrentStateName());
    if (wait == null) {
      return each.getPreviousTimestamp();
    }
    Map<String, List<EventId>> taken =
        accessor.extractPatterns(each.getPreviousBufferEntry(), each.getVersion()).get(0);
    return taken.get(wait.from()).get(0).getTimestamp();
  }

  private List<Waiting> retained(String stage, List<Waiting> waiting, long now) {
    StageLimits.Wait wait = limits.waits().get(stage);
    List<Waiting> sorted = new ArrayList<>(waiting);
    if (wait != null) {
      sorted.removeIf(each -> now - each.from() > wait.withinMs());
    }
    sorted.sort(EARLIEST);
    if (!limits.any() && !sorted.isEmpty()) {
      return List.of(sorted.get(0));
    }
    List<Waiting> retained = new ArrayList<>();
    for (Waiting each : sorted) {
      int last = retained.size() - 1;
      if (last >= 0
          && retained.get(last).state().getStartTimestamp() == each.state().getStartTimestamp()) {
        retained.set(last, each);
      } else {
        retained.add(each);
      }
    }
    while (retained.size() > MOST) {
      retained.remove(MOST / 2);
    }
    return retained;
  }
}
