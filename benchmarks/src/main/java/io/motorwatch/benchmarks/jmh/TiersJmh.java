package io.motorwatch.benchmarks.jmh;

import io.motorwatch.benchmarks.ShippedConfig;
import io.motorwatch.model.Aggregate;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.serialization.AggregateSerializer;
import io.motorwatch.tiers.TierFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A reading into the open windows; one in sixty closes a minute. */
@State(Scope.Thread)
public class TiersJmh {

  private final Readings readings = new Readings();
  private KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Aggregate> operator;
  private StreamRecord<TimelineEvent> record;

  /**
   * Opens the operator, its state on the heap.
   *
   * @throws Exception if that fails
   */
  @Setup
  public void open() throws Exception {
    operator =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TierFunction(ShippedConfig.load().tiers())),
            event -> event.device().path(),
            Types.STRING);
    operator.setup(AggregateSerializer.INSTANCE);
    operator.open();
    record = new StreamRecord<>(readings.nextInOrder());
  }

  /**
   * One reading, the harness's own doings included.
   *
   * @throws Exception if the operator fails
   */
  @Benchmark
  public int tiers() throws Exception {
    operator.processElement(record.replace(readings.nextInOrder()));
    int emitted = operator.getOutput().size();
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
