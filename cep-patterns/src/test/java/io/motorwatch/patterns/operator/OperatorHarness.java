package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceTopicTemplate;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.PatternFileUpdate;
import io.motorwatch.model.Reading;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternFileParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The operator on Flink's harness, fed reading by reading. */
public final class OperatorHarness implements AutoCloseable {

  static final DeviceId DEVICE = new DeviceId("plant", "motor-1");

  private String patternFile;
  private KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Alarm> harness;
  private Attributes attributes = Attributes.ofNumbers(Map.of("ratedCurrent", 10.0));

  public OperatorHarness(String patternFile) throws Exception {
    this.patternFile = patternFile;
    this.harness = newHarness();
    harness.open();
  }

  private KeyedOneInputStreamOperatorTestHarness<String, TimelineEvent, Alarm> newHarness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new PatternOperator(patternFile, new DeviceTopicTemplate("site/{site}/device/{device}")),
        event -> event.device().path(),
        Types.STRING);
  }

  public void attributes(Attributes replaced) {
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

  public void reading(DeviceId device, long at, Map<String, Double> values) throws Exception {
    FieldLayout layout = FieldLayout.of(values.keySet().stream().sorted().toList());
    double[] numbers = new double[layout.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(layout.name(i));
    }
    Reading reading = new Reading(device, at, at, Reading.NO_SEQ, layout, numbers);
    harness.processElement(new TimelineReading(reading, false, layout, numbers, attributes), at);
  }

  /** A snapshot, a crash, and a restore from the snapshot. */
  void failAndRestore() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    List<Alarm> before = alarms();
    harness.close();
    harness = newHarness();
    harness.initializeState(snapshot);
    harness.open();
    restored.clear();
    restored.addAll(before);
  }

  /** Another pattern file, while the operator runs. */
  public void publish(String changed) throws Exception {
    long version = PatternFileParser.parse(changed).version();
    for (int copy = 0; copy < 3; copy++) {
      DeviceId keyGroup = new DeviceId("+", Integer.toString(copy));
      harness.processElement(new PatternFileUpdate(keyGroup, version, changed, 0), 0);
    }
    patternFile = changed;
  }

  /** Any other event of the timeline. */
  void event(TimelineEvent event) throws Exception {
    harness.processElement(event, 0);
  }

  /** A request of a person. */
  void ask(AlarmRequest request) throws Exception {
    harness.processElement(request, 0);
  }

  List<Rejection> refused() {
    var output = harness.getSideOutput(PatternOperator.REJECTED);
    return output == null ? List.of() : output.stream().map(each -> each.getValue()).toList();
  }

  List<DeviceStatus> status() {
    var output = harness.getSideOutput(PatternOperator.STATUS);
    return output == null ? List.of() : output.stream().map(each -> each.getValue()).toList();
  }

  /** As {@link #failAndRestore}, with another pattern file. */
  public void restartWith(String changed) throws Exception {
    patternFile = changed;
    failAndRestore();
  }

  private final List<Alarm> restored = new ArrayList<>();

  public List<Alarm> alarms() {
    List<Alarm> all = new ArrayList<>(restored);
    all.addAll(harness.extractOutputValues());
    return all;
  }

  /** The alarms since it was asked for them last. */
  public List<Alarm> takeAlarms() {
    List<Alarm> taken = alarms();
    restored.clear();
    harness.getOutput().clear();
    return taken;
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

  /** As the oracle writes it. */
  public static String line(Alarm alarm) {
    return alarm.state()
        + " "
        + alarm.episode().pattern()
        + " "
        + alarm.severity()
        + " "
        + alarm.episode().onsetAt()
        + " "
        + alarm.at();
  }

  /** The state of a device; null if it has none. */
  @Nullable DeviceState state(DeviceId device) throws Exception {
    PatternOperator operator = (PatternOperator) harness.getOperator();
    operator.setCurrentKey(device.path());
    return operator.stateOfCurrentKey();
  }

  int stateBytes(DeviceId device) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(512);
    DeviceStateSerializer.INSTANCE.serialize(Objects.requireNonNull(state(device)), out);
    return out.length();
  }

  /** Lets the operator run its timers after a start. */
  public void letTimersFire() throws Exception {
    harness.setProcessingTime(harness.getProcessingTime() + 1);
  }

  RuntimeContext runtimeContext() {
    return ((PatternOperator) harness.getOperator()).getRuntimeContext();
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
