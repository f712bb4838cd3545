package io.motorwatch.benchmarks.jmh;

import io.motorwatch.benchmarks.ShippedConfig;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import io.motorwatch.timeline.TimelineFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A reading to its place in its device's time. */
@State(Scope.Thread)
public class TimelineJmh {

  private final Readings readings = new Readings();
  private KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, TimelineEvent> operator;
  private StreamRecord<DeviceEvent> record;

  /**
   * Opens the operator, its state on the heap.
   *
   * @throws Exception if that fails
   */
  @Setup
  public void open() throws Exception {
    operator =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new TimelineFunction(ShippedConfig.load().timeline(), Long.MAX_VALUE, "")),
            event -> event.device().path(),
            Types.STRING);
    operator.setup(TimelineEventSerializer.INSTANCE);
    operator.open();
    record = new StreamRecord<>(readings.next());
  }

  /**
   * One reading, the harness's own doings included.
   *
   * @throws Exception if the operator fails
   */
  @Benchmark
  public int timeline() throws Exception {
    operator.processElement(record.replace(readings.next()));
    int emitted = operator.getOutput().size();
    if (emitted != 1) {
      throw new IllegalStateException("a reading in order was not passed on: " + emitted);
    }
    operator.getOutput().clear();
    return emitted;
  }

  /**
   * Closes the operator.
   *
   * @throws Exception if that fails
   */
  @TearDown
  public void close() throws Exception {
    operator.close();
  }
}
