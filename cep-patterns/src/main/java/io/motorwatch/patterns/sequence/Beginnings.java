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
 *   <li>all but the latest arrival at a stage of those with one and the same beginning;
 *   <li>beyond {@value #MOST} at a stage, those in the middle. The latest stays, so that no alarm
 *       is missed; what can be lost is that a match began somewhat earlier than is told.
 * </ul>
 */
final class Beginnings {

  static final int MOST = 32;

  private static final Comparator<ComputationState> EARLIEST =
      Comparator.comparingLong(ComputationState::getStartTimestamp)
          .thenComparingLong(ComputationState::getPreviousTimestamp);

  private final Stages stages;

  Beginnings(Stages stages) {
    this.stages = stages;
  }

  void thinOut(NFAState progress, SharedBufferAccessor<SymbolEvent> accessor, long now)
      throws Exception {
    if (progress.getPartialMatches().size() <= 2 && !stages.limited()) {
      return;
    }
    PriorityQueue<ComputationState> kept =
        new PriorityQueue<>(NFAState.COMPUTATION_STATE_COMPARATOR);
    Map<String, List<ComputationState>> byStage = new HashMap<>();
    for (ComputationState each : progress.getPartialMatches()) {
      if (each.getPreviousBufferEntry() == null) {
        kept.add(each);
      } else {
        byStage.computeIfAbsent(each.getCurrentStateName(), s -> new ArrayList<>()).add(each);
      }
    }
    boolean changed = false;
    for (Map.Entry<String, List<ComputationState>> entry : byStage.entrySet()) {
      List<ComputationState> worthy = worthy(entry.getKey(), entry.getValue(), now);
      kept.addAll(worthy);
      // By identity: two beginnings may well be equal in all that is compared.
      IdentityHashMap<ComputationState, Boolean> staying = new IdentityHashMap<>();
      worthy.forEach(each -> staying.put(each, true));
      for (ComputationState each : entry.getValue()) {
        if (!staying.containsKey(each)) {
          accessor.releaseNode(each.getPreviousBufferEntry(), each.getVersion());
          changed = true;
        }
      }
    }
    if (changed) {
      progress.setNewPartialMatches(kept);
    }
  }

  /** Device time of the next that will have waited too long. */
  long checkAt(NFAState progress) {
    long next = Long.MAX_VALUE;
    for (ComputationState each : progress.getPartialMatches()) {
      if (each.getPreviousBufferEntry() == null) {
        continue;
      }
      if (stages.withinMs() > 0) {
        next = Math.min(next, each.getStartTimestamp() + stages.withinMs() + 1);
      }
      Long longest = stages.waitMs().get(each.getCurrentStateName());
      if (longest != null) {
        next = Math.min(next, each.getPreviousTimestamp() + longest + 1);
      }
    }
    return next;
  }

  private List<ComputationState> worthy(String stage, List<ComputationState> waiting, long now) {
    Long longest = stages.waitMs().get(stage);
    List<ComputationState> sorted = new ArrayList<>(waiting);
    if (longest != null) {
      sorted.removeIf(each -> now - each.getPreviousTimestamp() > longest);
    }
    sorted.sort(EARLIEST);
    if (!stages.limited() && !sorted.isEmpty()) {
      return List.of(sorted.get(0));
    }
    List<ComputationState> worthy = new ArrayList<>();
    for (ComputationState each : sorted) {
      int last = worthy.size() - 1;
      if (last >= 0 && worthy.get(last).getStartTimestamp() == each.getStartTimestamp()) {
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
