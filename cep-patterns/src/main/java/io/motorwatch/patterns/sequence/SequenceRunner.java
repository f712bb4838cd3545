package io.motorwatch.patterns.sequence;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.NFAStateSerializer;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;
import org.apache.flink.configuration.Configuration;

/**
 * Flink's automaton for one pattern, driven with device time. A device in which the pattern has not
 * begun keeps no state here at all.
 *
 * <p>For the task thread only, with the device's key set. {@link #close()} is due: Flink's shared
 * buffer starts a timer thread.
 */
public final class SequenceRunner implements AutoCloseable {

  /**
   * Every other strategy of Flink's holds a match back while a beginning older than it is still
   * open, possibly for ever. Skipping past a match is done here, by forgetting all that has begun.
   */
  private static final AfterMatchSkipStrategy SKIP = AfterMatchSkipStrategy.noSkip();

  private final String firstStage;
  private final NFA<SymbolEvent> nfa;
  private final PrefixedStateStore states;
  private final SharedBuffer<SymbolEvent> buffer;
  private final ValueState<NFAState> progress;
  private final TimerService clock;

  /**
   * @param stateName prefix of the names of its states: differs between patterns, and between
   *     structures of one pattern, since an automaton cannot go on with another's state
   */
  public SequenceRunner(
      CompiledSequence sequence,
      String stateName,
      KeyedStateStore store,
      RuntimeContext context,
      TimerService clock)
      throws Exception {
    this.firstStage = sequence.firstStage();
    this.clock = clock;
    this.states = new PrefixedStateStore(store, stateName + "/");
    this.progress = states.getState(new ValueStateDescriptor<>("nfa", new NFAStateSerializer()));
    this.buffer =
        new SharedBuffer<>(states, SymbolEventSerializer.INSTANCE, new SharedBufferCacheConfig());
    this.nfa = sequence.compile().createNFA();
    nfa.open(context, new Configuration());
  }

  /**
   * Takes the next event of the current device. After a match the device's state is empty again.
   *
   * @return when the match's first step began, device time, the earliest where the event completes
   *     several; empty if the event completes nothing
   */
  public OptionalLong process(SymbolEvent event) throws Exception {
    NFAState state = current();
    Collection<Map<String, List<SymbolEvent>>> matches;
    try (SharedBufferAccessor<SymbolEvent> accessor = buffer.getAccessor()) {
      nfa.advanceTime(accessor, state, event.at(), SKIP);
      matches = nfa.process(accessor, state, event, event.at(), SKIP, clock);
    }
    if (!matches.isEmpty()) {
      clear();
      return matches.stream().mapToLong(match -> match.get(firstStage).get(0).at()).min();
    }
    store(state);
    return OptionalLong.empty();
  }

  /** Forgets what can no longer complete by this device time. */
  public void advanceTo(long at) throws Exception {
    NFAState state = current();
    try (SharedBufferAccessor<SymbolEvent> accessor = buffer.getAccessor()) {
      nfa.advanceTime(accessor, state, at, SKIP);
    }
    store(state);
  }

  private NFAState current() throws Exception {
    NFAState state = progress.value();
    return state == null ? nfa.createInitialNFAState() : state;
  }

  private void store(NFAState state) throws Exception {
    if (idle(state)) {
      clear();
    } else if (state.isStateChanged()) {
      state.resetStateChanged();
      state.resetNewStartPartialMatch();
      progress.update(state);
    }
  }

  private static boolean idle(NFAState state) {
    return state.getPartialMatches().size() <= 1 && state.getCompletedMatches().isEmpty();
  }

  /** Whether the pattern has begun in the current device. */
  public boolean underWay() throws Exception {
    return progress.value() != null;
  }

  /** Forgets what has begun in the current device. */
  public void clear() {
    states.clear();
  }

  @Override
  public void close() throws Exception {
    buffer.releaseCacheStatisticsTimer();
    nfa.close();
  }
}
