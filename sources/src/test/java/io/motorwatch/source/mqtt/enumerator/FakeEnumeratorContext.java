package io.motorwatch.source.mqtt.enumerator;

import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Notes what is assigned: {@code subtask:clientId}, in order. */
final class FakeEnumeratorContext implements SplitEnumeratorContext<MqttSessionSplit> {

  final List<String> assigned = new ArrayList<>();
  final List<MqttSessionSplit> splits = new ArrayList<>();
  private final Map<Integer, ReaderInfo> readers = new HashMap<>();
  private final int parallelism;

  FakeEnumeratorContext(int parallelism) {
    this.parallelism = parallelism;
  }

  /** A reader registers with these sessions in its state. */
  void register(int subtask, List<MqttSessionSplit> reported) {
    readers.put(subtask, ReaderInfo.createReaderInfo(subtask, "here", reported));
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int currentParallelism() {
    return parallelism;
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return readers;
  }

  @Override
  public void assignSplits(SplitsAssignment<MqttSessionSplit> assignment) {
    assignment
        .assignment()
        .forEach(
            (subtask, added) ->
                added.forEach(
                    split -> {
                      assigned.add(subtask + ":" + split.clientId());
                      splits.add(split);
                    }));
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long initialDelay, long period) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    runnable.run();
  }
}
