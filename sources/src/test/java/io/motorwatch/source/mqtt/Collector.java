package io.motorwatch.source.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Keeps the payloads that pass, for all subtasks of the one job that runs in this JVM; fails or
 * stalls when the test wants it.
 */
final class Collector implements MapFunction<MqttMessage, String>, CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  static final List<String> SEEN = new CopyOnWriteArrayList<>();
  static final AtomicInteger FAIL_IN = new AtomicInteger(-1);
  static final AtomicInteger FAIL_SNAPSHOTS = new AtomicInteger();

  /** How often a task of it has started. */
  static final AtomicInteger STARTS = new AtomicInteger();

  /** Nothing passes while somebody is registered. */
  static final Phaser GATE = new Phaser();

  static void reset() {
    SEEN.clear();
    FAIL_IN.set(-1);
    FAIL_SNAPSHOTS.set(0);
    STARTS.set(0);
  }

  @Override
  public String map(MqttMessage message) {
    if (GATE.getRegisteredParties() > 0) {
      GATE.awaitAdvance(GATE.getPhase());
    }
    if (FAIL_IN.get() >= 0 && FAIL_IN.getAndDecrement() == 0) {
      throw new IllegalStateException("failing on purpose");
    }
    String payload = new String(message.payload(), StandardCharsets.UTF_8);
    SEEN.add(payload);
    return payload;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    if (FAIL_SNAPSHOTS.get() > 0) {
      FAIL_SNAPSHOTS.decrementAndGet();
      throw new IllegalStateException(
          "failing on purpose, in checkpoint " + context.getCheckpointId());
    }
  }

  @Override
  public void initializeState(FunctionInitializationContext context) {
    STARTS.incrementAndGet();
  }
}
