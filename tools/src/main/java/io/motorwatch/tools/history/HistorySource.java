package io.motorwatch.tools.history;

import io.motorwatch.model.DeviceEvent;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The history of some devices: each subtask reads those that {@link Partitions} gives it, which are
 * those of its own key groups, so that no shuffle is needed behind it. Bounded; takes no part in
 * checkpoints.
 */
final class HistorySource implements Source<DeviceEvent, HistorySource.NoSplit, Integer> {

  private static final long serialVersionUID = 1L;

  private final String run;

  /** Which devices a reader has follows from its index. */
  static final class NoSplit implements SourceSplit {
    @Override
    public String splitId() {
      return "none";
    }
  }

  /**
   * @param run the name of a {@link HistoryRun} of this process
   */
  HistorySource(String run) {
    this.run = run;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<DeviceEvent, NoSplit> createReader(SourceReaderContext context) {
    return HistoryRun.named(run).reader(context.getIndexOfSubtask());
  }

  @Override
  public SplitEnumerator<NoSplit, Integer> createEnumerator(
      SplitEnumeratorContext<NoSplit> context) {
    return new NothingToAssign();
  }

  @Override
  public SplitEnumerator<NoSplit, Integer> restoreEnumerator(
      SplitEnumeratorContext<NoSplit> context, Integer checkpoint) {
    return new NothingToAssign();
  }

  @Override
  public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
    return new Nothing<>(new NoSplit());
  }

  @Override
  public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
    return new Nothing<>(0);
  }

  private static final class NothingToAssign implements SplitEnumerator<NoSplit, Integer> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<NoSplit> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public Integer snapshotState(long checkpointId) {
      return 0;
    }

    @Override
    public void close() {}
  }

  private static final class Nothing<T> implements SimpleVersionedSerializer<T> {

    private final T only;

    Nothing(T only) {
      this.only = only;
    }

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(T value) {
      return new byte[0];
    }

    @Override
    public T deserialize(int version, byte[] bytes) {
      return only;
    }
  }
}
