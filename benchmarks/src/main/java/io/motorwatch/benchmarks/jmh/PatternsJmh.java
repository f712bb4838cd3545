package io.motorwatch.benchmarks.jmh;

import io.motorwatch.benchmarks.ShippedConfig;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.serialization.AlarmSerializer;
import io.motorwatch.patterns.operator.PatternOperator;
import java.nio.file.Files;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A reading of a healthy motor by the whole shipped library: signals, sequences, alarms. */
@State(Scope.Thread)
public class PatternsJmh {

  private final Readings readings = new Readings();
  private KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Alarm> operator;
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
            new PatternOperator(Files.readString(ShippedConfig.load().patterns().file())),
            event -> event.device().path(),
            Types.STRING);
    operator.setup(AlarmSerializer.INSTANCE);
    operator.open();
    record = new StreamRecord<>(readings.nextInOrder());
  }

  /**
   * One reading, the harness's own doings included.
   *
   * @throws Exception if the operator fails
   */
  @Benchmark
  public int patterns() throws Exception {
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
