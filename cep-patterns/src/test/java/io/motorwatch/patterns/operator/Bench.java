package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.AlarmSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The operator on Flink's harness, fed reading by reading. */
final class Bench implements AutoCloseable {

  static final DeviceId DEVICE = new DeviceId("plant", "motor-1");

  private String patternFile;
  private KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Alarm> harness;
  private Attributes attributes = Attributes.ofNumbers(Map.of("ratedCurrent", 10.0));

  Bench(String patternFile) throws Exception {
    this.patternFile = patternFile;
    this.harness = newHarness();
    harness.open();
  }

  private KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Alarm> newHarness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Alarm> made =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new PatternFunction(patternFile)),
            event -> event.device().path(),
            Types.STRING);
    made.setup(AlarmSerializer.INSTANCE);
    return made;
  }

  void attributes(Attributes replaced) {
    attributes = replaced;
  }

  /** One reading of the field {@code current}. */
  void current(long at, double value) throws Exception {
    reading(DEVICE, at, Map.of("current", value));
  }

  /** A reading each second from {@code from} up to and without {@code to}. */
  void currentEachSecond(long from, long to, double value) throws Exception {
    for (long at = from; at < to; at += 1000) {
      current(at, value);
    }
  }

  void reading(DeviceId device, long at, Map<String, Double> values) throws Exception {
    FieldLayout layout = FieldLayout.of(values.keySet().stream().sorted().toList());
    double[] numbers = new double[layout.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(layout.name(i));
    }
    Reading reading = new Reading(device, at, at, Reading.NO_SEQ, layout, numbers);
    harness.processElement(new TimelineReading(reading, false, layout, numbers, attributes), at);
  }

  void event(TimelineEvent event) throws Exception {
    harness.processElement(event, 0);
  }

  /** A snapshot, a crash, and a restore from the snapshot. */
  void failAndRestore() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    List<Alarm> before = alarms();
    harness.close();
    harness = newHarness();
    harness.initializeState(snapshot);
    harness.open();
    restored.addAll(before);
  }

  /** As {@link #failAndRestore}, with another pattern file. */
  void restartWith(String changed) throws Exception {
    patternFile = changed;
    failAndRestore();
  }

  private final List<Alarm> restored = new ArrayList<>();

  List<Alarm> alarms() {
    List<Alarm> all = new ArrayList<>(restored);
    all.addAll(harness.extractOutputValues());
    return all;
  }

  /** One line an alarm: state, pattern, onset, time. */
  List<String> lines() {
    return alarms().stream()
        .map(
            alarm ->
                alarm.state()
                    + " "
                    + alarm.episode().pattern()
                    + " "
                    + alarm.episode().onsetAt() / 1000.0
                    + " "
                    + alarm.at() / 1000.0)
        .toList();
  }

  int keyedStateEntries() {
    return harness.numKeyedStateEntries();
  }

  int timers() {
    return harness.numEventTimeTimers() + harness.numProcessingTimeTimers();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
