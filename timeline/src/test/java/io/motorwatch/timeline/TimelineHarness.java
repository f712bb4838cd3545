package io.motorwatch.timeline;

import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The timeline in Flink's harness at a clock that the test sets, with what it says in lists. */
final class TimelineHarness implements AutoCloseable {

  static final DeviceId DEVICE = new DeviceId("plant", "motor-1");
  static final FieldLayout CURRENT = FieldLayout.of("current");
  static final long FORGET_AFTER = 30 * 86_400_000L;
  static final long NOW = 1_800_000_000_000L;

  private static final long STEP = 500;

  private final long reorderWindow;
  private final long silentAfter;
  private final KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, TimelineEvent> harness;

  private TimelineHarness(long reorderWindow, long silentAfter) throws Exception {
    this.reorderWindow = reorderWindow;
    this.silentAfter = silentAfter;
    TimelineSettings config =
        new TimelineSettings(
            60_000, reorderWindow, 60_000, silentAfter, FORGET_AFTER, 300_000, 5, 946_684_800_000L);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new TimelineFunction(config, Long.MAX_VALUE, "site/{site}/device/{device}")),
            event -> event.device().path(),
            Types.STRING);
    harness.setup(TimelineEventSerializer.INSTANCE);
    harness.setProcessingTime(NOW);
  }

  /** A new one, at {@link #NOW}. */
  static TimelineHarness open(long reorderWindow) throws Exception {
    return open(reorderWindow, 60_000);
  }

  static TimelineHarness open(long reorderWindow, long silentAfter) throws Exception {
    TimelineHarness opened = new TimelineHarness(reorderWindow, silentAfter);
    opened.harness.open();
    return opened;
  }

  /** Another one with the state of this one, which is closed; at {@link #NOW}. */
  TimelineHarness restored() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    close();
    TimelineHarness next = new TimelineHarness(reorderWindow, silentAfter);
    next.harness.initializeState(snapshot);
    next.harness.open();
    return next;
  }

  /** Lets time pass, with its timers on time. */
  void clock(long now) throws Exception {
    for (long at = harness.getProcessingTime() + STEP; at < now; at += STEP) {
      harness.setProcessingTime(at);
    }
    harness.setProcessingTime(now);
  }

  /** Time passes in which the job is held up: what was due comes at the end of it. */
  void heldUpUntil(long now) throws Exception {
    harness.setProcessingTime(now);
  }

  void takes(DeviceEvent event) throws Exception {
    harness.processElement(new StreamRecord<>(event));
  }

  /** A reading of {@link #DEVICE} that arrives at {@link #NOW}. */
  void reading(long at, long seq, FieldLayout layout, double... values) throws Exception {
    takes(new Reading(DEVICE, at, NOW, seq, layout, values));
  }

  /** One of the current alone. */
  void current(long at, long seq, double value) throws Exception {
    reading(at, seq, CURRENT, value);
  }

  List<TimelineEvent> events() {
    return harness.extractOutputValues();
  }

  List<TimelineReading> readings() {
    return events().stream()
        .filter(TimelineReading.class::isInstance)
        .map(TimelineReading.class::cast)
        .toList();
  }

  List<Long> times() {
    return readings().stream().map(TimelineReading::timestamp).toList();
  }

  List<Rejection> rejected() {
    return side(TimelineFunction.REJECTED);
  }

  List<String> rejections() {
    return rejected().stream().map(rejection -> rejection.reason().code()).toList();
  }

  List<DeviceStatus> reported() {
    return side(TimelineFunction.STATUS);
  }

  List<String> statuses() {
    return reported().stream().map(status -> status.health().name()).toList();
  }

  int stateEntries() {
    return harness.numKeyedStateEntries();
  }

  int timers() {
    return harness.numProcessingTimeTimers();
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var side = harness.getSideOutput(tag);
    return side == null ? List.of() : side.stream().map(StreamRecord::getValue).toList();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
