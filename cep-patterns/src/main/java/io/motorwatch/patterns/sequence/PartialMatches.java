package io.motorwatch.patterns.sequence;

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
 * Keeps the number of beginnings of a sequence small, which Flink CEP would let grow with every
 * repetition of a step. Of those that wait at the same stage one is as good as another, but for
 * when it began (the earlier is told as the onset) and how long it may still wait (the later lasts
 * longer). So dropped are:
 *
 * <ul>
 *   <li>those that have waited too long already;
 *   <li>where nothing is limited in time, all but the earliest of a stage;
 *   <li>of those with one and the same beginning, all but the one that may wait longest;
 *   <li>beyond {@value #MOST} at a stage, those in the middle. The latest stays, so that no alarm
 *       is missed; what can be lost is that a match began somewhat earlier than is told.
 * </ul>
 */
final class PartialMatches {

  static final int MOST = 32;

  /**
   * A beginning that waits.
   *
   * @param from when it began to wait for what it may wait for no longer than a time
   */
  private record Waiting(ComputationState state, long from) {}

  private static final Comparator<Waiting> EARLIEST =
      Comparator.<Waiting>comparingLong(each -> each.state().getStartTimestamp())
          .thenComparingLong(Waiting::from);

  private final Stages stages;

  PartialMatches(Stages stages) {
    this.stages = stages;
  }

  void thinOut(NFAState progress, SharedBufferAccessor<EdgeEvent> accessor, long now)
      throws Exception {
    if (progress.getPartialMatches().size() <= 2 && !stages.limited()) {
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
      List<Waiting> worthy = worthy(entry.getKey(), entry.getValue(), now);
      // By identity: two beginnings may well be equal in all that is compared.
      IdentityHashMap<ComputationState, Boolean> staying = new IdentityHashMap<>();
      worthy.forEach(each -> staying.put(each.state(), true));
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

  /** Device time of the next that will have waited too long. */
  long checkAt(NFAState progress, SharedBufferAccessor<EdgeEvent> accessor) {
    long next = Long.MAX_VALUE;
    for (ComputationState each : progress.getPartialMatches()) {
      if (each.getPreviousBufferEntry() == null) {
        continue;
      }
      if (stages.withinMs() > 0) {
        next = Math.min(next, each.getStartTimestamp() + stages.withinMs() + 1);
      }
      Stages.Wait wait = stages.waits().get(each.getCurrentStateName());
      if (wait != null) {
        next = Math.min(next, waitingSince(each, accessor) + wait.withinMs() + 1);
      }
    }
    return next;
  }

  /** When the step before was complete, where that matters; else when it came to the stage. */
  private long waitingSince(ComputationState each, SharedBufferAccessor<EdgeEvent> accessor) {
    Stages.Wait wait = stages.waits().get(each.getCurrentStateName());
    if (wait == null) {
      return each.getPreviousTimestamp();
    }
    Map<String, List<EventId>> taken =
        accessor.extractPatterns(each.getPreviousBufferEntry(), each.getVersion()).get(0);
    return taken.get(wait.from()).get(0).getTimestamp();
  }

  private List<Waiting> worthy(String stage, List<Waiting> waiting, long now) {
    Stages.Wait wait = stages.waits().get(stage);
    List<Waiting> sorted = new ArrayList<>(waiting);
    if (wait != null) {
      sorted.removeIf(each -> now - each.from() > wait.withinMs());
    }
    sorted.sort(EARLIEST);
    if (!stages.limited() && !sorted.isEmpty()) {
      return List.of(sorted.get(0));
    }
    List<Waiting> worthy = new ArrayList<>();
    for (Waiting each : sorted) {
      int last = worthy.size() - 1;
      if (last >= 0
          && worthy.get(last).state().getStartTimestamp() == each.state().getStartTimestamp()) {
        worthy.set(last, each);
      } else {
        worthy.add(each);
      }
    }
    while (worthy.size() > MOST) {
      worthy.remove(MOST / 2);
    }
    return worthy;
  }
}
