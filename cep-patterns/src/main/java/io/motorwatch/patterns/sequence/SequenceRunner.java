package io.motorwatch.patterns.sequence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.NFAStateSerializer;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Flink's NFA for one pattern, driven with device time. It holds the sequence of one device at a
 * time: {@link #load} takes it from the device's state and {@link #store} returns it. A device
 * without a partial match has no such state.
 *
 * <p>For the task thread only. {@link #close()} must be called: Flink's shared buffer starts a
 * timer thread.
 */
public final class SequenceRunner implements AutoCloseable {

  /** Of {@link #process}: the event completed nothing. */
  public static final long NO_MATCH = Long.MIN_VALUE;

  /**
   * All other strategies of Flink hold a match back while an older partial match is unresolved,
   * possibly indefinitely. Skipping past a match is done here, by dropping all partial matches.
   */
  private static final AfterMatchSkipStrategy SKIP = AfterMatchSkipStrategy.noSkip();

  /**
   * A sequence under way, as kept in the device's state.
   *
   * @param bytes for {@link #load}; not to be changed
   * @param checkAt device time at which a partial match can no longer complete, epoch milliseconds;
   *     {@link Long#MAX_VALUE} where no time limit applies
   */
  public record SavedState(byte[] bytes, long checkAt) {}

  private static final byte FORM = 1;
  private static final int TYPICAL_BYTES = 256;
  private static final TimerService NO_CLOCK = () -> 0;

  private final CompiledSequence sequence;
  private final long[] durations;
  private final NFA<EdgeEvent> nfa;
  private final MemoryStateStore maps = new MemoryStateStore();
  private final SharedBuffer<EdgeEvent> buffer;
  private final NFAStateSerializer stateSerializer = new NFAStateSerializer();
  private final PartialMatches partialMatches;
  private final DataOutputSerializer output = new DataOutputSerializer(TYPICAL_BYTES);
  private NFAState nfaState;
  private long[] durationsBefore;
  private Map<String, List<EdgeEvent>> lastMatch = Map.of();

  public SequenceRunner(CompiledSequence sequence, RuntimeContext context) throws Exception {
    this.sequence = sequence;
    this.durations = sequence.durations();
    this.durationsBefore = durations;
    this.buffer =
        new SharedBuffer<>(maps, EdgeEventSerializer.INSTANCE, new SharedBufferCacheConfig());
    this.nfa = sequence.compile().createNFA();
    nfa.open(context, new Configuration());
    this.partialMatches = new PartialMatches(sequence.limits());
    this.nfaState = nfa.createInitialNFAState();
  }

  public CompiledSequence sequence() {
    return sequence;
  }

  /**
   * Loads a device's sequence.
   *
   * @param saved as {@link #store} returned it, under this or a file with the same steps; null:
   *     none
   */
  public void load(@Nullable SavedState saved) throws IOException {
    if (saved == null) {
      reset();
      return;
    }
    DataInputDeserializer in = new DataInputDeserializer(saved.bytes());
    byte form = in.readByte();
    if (form != FORM) {
      throw new IOException(
          "a sequence of form " + form + ", which this version of motorwatch cannot read");
    }
    durationsBefore = new long[in.readUnsignedByte()];
    for (int i = 0; i < durationsBefore.length; i++) {
      durationsBefore[i] = in.readLong();
    }
    nfaState = stateSerializer.deserialize(in);
    maps.read(in);
  }

  /** The durations of the file under which the loaded sequence was stored. */
  public long[] durationsBefore() {
    return durationsBefore;
  }

  /** The device's sequence, or null where it has no partial match. */
  public @Nullable SavedState store() throws Exception {
    if (isIdle()) {
      return null;
    }
    output.clear();
    output.writeByte(FORM);
    output.writeByte(durations.length);
    for (long duration : durations) {
      output.writeLong(duration);
    }
    stateSerializer.serialize(nfaState, output);
    maps.write(output);
    try (SharedBufferAccessor<EdgeEvent> accessor = buffer.getAccessor()) {
      return new SavedState(output.getCopyOfBuffer(), partialMatches.checkAt(nfaState, accessor));
    }
  }

  /**
   * Processes the next event of the device. After a match there are no partial matches any more.
   *
   * @param types of the event, by {@link CompiledSequence}
   * @param at device time, epoch milliseconds; never before that of an earlier event
   * @return when the match's first step began, device time, the earliest where the event completes
   *     several; or {@link #NO_MATCH}
   */
  public long process(long types, long at) throws Exception {
    Collection<Map<String, List<EdgeEvent>>> matches;
    try (SharedBufferAccessor<EdgeEvent> accessor = buffer.getAccessor()) {
      nfa.advanceTime(accessor, nfaState, at, SKIP);
      matches = nfa.process(accessor, nfaState, new EdgeEvent(types, at), at, SKIP, NO_CLOCK);
      if (matches.isEmpty()) {
        partialMatches.prune(nfaState, accessor, at);
      }
    }
    if (matches.isEmpty()) {
      return NO_MATCH;
    }
    reset();
    long onset = Long.MAX_VALUE;
    for (Map<String, List<EdgeEvent>> match : matches) {
      long began = match.get(sequence.limits().first()).get(0).at();
      if (began < onset) {
        onset = began;
        lastMatch = match;
      }
    }
    return onset;
  }

  /** When each stage of the last match happened, device time, in the order of the stages. */
  public List<Long> lastMatch() {
    return sequence.stages().stream()
        .map(stage -> lastMatch.get(stage.name()))
        .filter(Objects::nonNull)
        .map(events -> events.get(0).at())
        .toList();
  }

  /**
   * Of each partial match of the loaded sequence, when each stage that it has taken happened,
   * device time, in the order of the stages.
   */
  public List<List<Long>> partialMatches() throws Exception {
    List<List<Long>> all = new ArrayList<>();
    try (SharedBufferAccessor<EdgeEvent> accessor = buffer.getAccessor()) {
      for (ComputationState each : nfaState.getPartialMatches()) {
        if (each.getPreviousBufferEntry() != null) {
          Map<String, List<EventId>> taken =
              accessor.extractPatterns(each.getPreviousBufferEntry(), each.getVersion()).get(0);
          all.add(
              sequence.stages().stream()
                  .map(stage -> taken.get(stage.name()))
                  .filter(Objects::nonNull)
                  .map(events -> events.get(0).getTimestamp())
                  .toList());
        }
      }
    }
    return all;
  }

  /** Drops partial matches that can no longer complete at this device time. */
  public void advanceTo(long at) throws Exception {
    try (SharedBufferAccessor<EdgeEvent> accessor = buffer.getAccessor()) {
      nfa.advanceTime(accessor, nfaState, at, SKIP);
      partialMatches.prune(nfaState, accessor, at);
    }
  }

  private boolean isIdle() {
    return nfaState.getPartialMatches().size() <= 1 && nfaState.getCompletedMatches().isEmpty();
  }

  private void reset() {
    maps.clear();
    nfaState = nfa.createInitialNFAState();
    durationsBefore = durations;
  }

  @Override
  public void close() throws Exception {
    buffer.releaseCacheStatisticsTimer();
    nfa.close();
  }
}
