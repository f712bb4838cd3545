package io.motorwatch.patterns.sequence;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.NFAStateSerializer;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Flink's automaton for one pattern, driven with device time. It holds the sequence of one device
 * at a time: {@link #load} takes it from the device's state, {@link #store} gives it back, and a
 * device in which the pattern has not begun has none.
 *
 * <p>For the task thread only. {@link #close()} is due: Flink's shared buffer starts a timer
 * thread.
 */
public final class SequenceRunner implements AutoCloseable {

  /** Of {@link #process}: the event completed nothing. */
  public static final long NO_MATCH = Long.MIN_VALUE;

  /**
   * Every other strategy of Flink's holds a match back while a beginning older than it is still
   * open, possibly for ever. Skipping past a match is done here, by forgetting all that has begun.
   */
  private static final AfterMatchSkipStrategy SKIP = AfterMatchSkipStrategy.noSkip();

  private static final byte FORM = 1;
  private static final int TYPICAL_BYTES = 256;
  private static final TimerService NO_CLOCK = () -> 0;

  private final CompiledSequence sequence;
  private final long[] durations;
  private final NFA<EdgeEvent> nfa;
  private final MemoryStateStore maps = new MemoryStateStore();
  private final SharedBuffer<EdgeEvent> buffer;
  private final NFAStateSerializer progressSerializer = new NFAStateSerializer();
  private final PartialMatches beginnings;
  private final DataOutputSerializer output = new DataOutputSerializer(TYPICAL_BYTES);
  private NFAState progress;
  private long[] durationsBefore;

  public SequenceRunner(CompiledSequence sequence, RuntimeContext context) throws Exception {
    this.sequence = sequence;
    this.durations = sequence.durations();
    this.durationsBefore = durations;
    this.buffer =
        new SharedBuffer<>(maps, EdgeEventSerializer.INSTANCE, new SharedBufferCacheConfig());
    this.nfa = sequence.compile().createNFA();
    nfa.open(context, new Configuration());
    this.beginnings = new PartialMatches(sequence.stages());
    this.progress = nfa.createInitialNFAState();
  }

  public CompiledSequence sequence() {
    return sequence;
  }

  /**
   * Takes up a device's sequence.
   *
   * @param kept as {@link #store} gave it, under this or a file with the same steps; null for none
   */
  public void load(@Nullable SequenceMemory kept) throws IOException {
    if (kept == null) {
      forget();
      return;
    }
    DataInputDeserializer in = new DataInputDeserializer(kept.bytes());
    byte form = in.readByte();
    if (form != FORM) {
      throw new IOException(
          "a sequence of form " + form + ", which this version of motorwatch cannot read");
    }
    durationsBefore = new long[in.readUnsignedByte()];
    for (int i = 0; i < durationsBefore.length; i++) {
      durationsBefore[i] = in.readLong();
    }
    progress = progressSerializer.deserialize(in);
    maps.read(in);
  }

  /** The durations of the file under which the loaded sequence was stored. */
  public long[] durationsBefore() {
    return durationsBefore;
  }

  /** The device's sequence, or null where nothing has begun. */
  public @Nullable SequenceMemory store() throws Exception {
    if (idle()) {
      return null;
    }
    output.clear();
    output.writeByte(FORM);
    output.writeByte(durations.length);
    for (long duration : durations) {
      output.writeLong(duration);
    }
    progressSerializer.serialize(progress, output);
    maps.write(output);
    try (SharedBufferAccessor<EdgeEvent> accessor = buffer.getAccessor()) {
      return new SequenceMemory(output.getCopyOfBuffer(), beginnings.checkAt(progress, accessor));
    }
  }

  /**
   * Takes the next event of the device. After a match nothing has begun any more.
   *
   * @param at device time, epoch milliseconds; never before that of an earlier event
   * @return when the match's first step began, device time, the earliest where the event completes
   *     several; or {@link #NO_MATCH}
   */
  public long process(long symbols, long at) throws Exception {
    Collection<Map<String, List<EdgeEvent>>> matches;
    try (SharedBufferAccessor<EdgeEvent> accessor = buffer.getAccessor()) {
      nfa.advanceTime(accessor, progress, at, SKIP);
      matches = nfa.process(accessor, progress, new EdgeEvent(symbols, at), at, SKIP, NO_CLOCK);
      if (matches.isEmpty()) {
        beginnings.thinOut(progress, accessor, at);
      }
    }
    if (matches.isEmpty()) {
      return NO_MATCH;
    }
    forget();
    long onset = Long.MAX_VALUE;
    for (Map<String, List<EdgeEvent>> match : matches) {
      onset = Math.min(onset, match.get(sequence.stages().first()).get(0).at());
    }
    return onset;
  }

  /** Forgets what can no longer complete by this device time. */
  public void advanceTo(long at) throws Exception {
    try (SharedBufferAccessor<EdgeEvent> accessor = buffer.getAccessor()) {
      nfa.advanceTime(accessor, progress, at, SKIP);
      beginnings.thinOut(progress, accessor, at);
    }
  }

  private boolean idle() {
    return progress.getPartialMatches().size() <= 1 && progress.getCompletedMatches().isEmpty();
  }

  private void forget() {
    maps.clear();
    progress = nfa.createInitialNFAState();
    durationsBefore = durations;
  }

  @Override
  public void close() throws Exception {
    buffer.releaseCacheStatisticsTimer();
    nfa.close();
  }
}
