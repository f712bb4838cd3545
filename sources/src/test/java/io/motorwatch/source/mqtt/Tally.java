package io.motorwatch.source.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Has every number it got in its state: after a failure, what the checkpoint's effect is and what
 * came since, and nothing else.
 */
final class Tally extends RichMapFunction<MqttMessage, String> implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** By subtask, of the one job that runs in this JVM. */
  private static final Map<Integer, List<Integer>> OF_SUBTASKS = new ConcurrentHashMap<>();

  private static final AtomicBoolean PROBE_SEEN = new AtomicBoolean();

  static final AtomicInteger FAIL_IN = new AtomicInteger(-1);

  private transient List<Integer> counted;
  private transient ListState<Integer> state;

  static void reset() {
    OF_SUBTASKS.clear();
    FAIL_IN.set(-1);
    PROBE_SEEN.set(false);
  }

  /** Whether a negative number, which does not count, has come since the test began. */
  static boolean seenProbe() {
    return PROBE_SEEN.get();
  }

  /** In order, where one subtask has read it all. */
  static List<Integer> numbers() {
    List<Integer> all = new ArrayList<>();
    for (List<Integer> part : OF_SUBTASKS.values()) {
      all.addAll(List.copyOf(part));
    }
    return all;
  }

  @Override
  public String map(MqttMessage message) {
    if (FAIL_IN.get() >= 0 && FAIL_IN.getAndDecrement() == 0) {
      throw new IllegalStateException("failing on purpose");
    }
    String payload = new String(message.payload(), StandardCharsets.UTF_8);
    int number = Integer.parseInt(payload);
    if (number >= 0) {
      counted.add(number);
    } else {
      PROBE_SEEN.set(true);
    }
    return payload;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("counted", Types.INT));
    counted = Collections.synchronizedList(new ArrayList<>());
    state.get().forEach(counted::add);
    OF_SUBTASKS
        .keySet()
        .removeIf(
            subtask -> subtask >= getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
    OF_SUBTASKS.put(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), counted);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.update(counted);
  }
}
