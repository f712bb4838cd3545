package io.motorwatch.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices that store and forward, whose counters fall back, whose readings are all refused. */
class OddDevicesTest {

  private static final DeviceId DEVICE = new DeviceId("plant", "motor-1");
  private static final FieldLayout CURRENT = FieldLayout.of("current");
  private static final long SILENT_AFTER = 60_000;

  /** Long past, so that only the harness's clock can be the one that counts. */
  private static final long NOW = 1_500_000_000_000L;

  private KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, TimelineEvent> harness;

  @BeforeEach
  void start() throws Exception {
    open(NOW, null);
  }

  private void open(long now, OperatorSubtaskState from) throws Exception {
    TimelineSettings config =
        new TimelineSettings(
            60_000, 0, 60_000, SILENT_AFTER, 30 * 86_400_000L, 300_000, 1_000, 946_684_800_000L);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TimelineFunction(config, Long.MAX_VALUE, "")),
            event -> event.device().path(),
            Types.STRING);
    harness.setup(TimelineEventSerializer.INSTANCE);
    harness.setProcessingTime(now);
    if (from != null) {
      harness.initializeState(from);
    }
    harness.open();
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  private void arrives(long arrivedAt, long measuredAt, long seq) throws Exception {
    harness.setProcessingTime(arrivedAt);
    harness.processElement(
        new Reading(DEVICE, measuredAt, arrivedAt, seq, CURRENT, new double[] {1}), measuredAt);
  }

  private int refused() {
    var side = harness.getSideOutput(TimelineFunction.REJECTED);
    return side == null ? 0 : side.size();
  }

  private List<String> statuses() {
    return harness.getSideOutput(TimelineFunction.STATUS).stream()
        .map(each -> each.getValue().health().name())
        .toList();
  }

  private List<TimelineReading> late() {
    return harness.extractOutputValues().stream()
        .filter(event -> event instanceof TimelineReading reading && reading.late())
        .map(TimelineReading.class::cast)
        .toList();
  }

  @Test
  void aBacklogOfTheCountBeforeARestartIsNoClockSetBackAndHindersNoReadingOfNow() throws Exception {
    for (long i = 0; i < 100; i++) {
      arrives(NOW + 1000 * i, NOW + 1000 * i, 100_000 + i);
    }
    long restart = NOW + 3_600_000;
    for (long i = 0; i < 2_000; i++) {
      arrives(restart + 1000 * i, restart + 1000 * i, i);
    }
    long now = restart + 2_000_000;
    for (long i = 0; i < 600; i++) {
      arrives(now, NOW + 100_000 + 1000 * i, 100_100 + i);
    }
    for (long i = 0; i < 100; i++) {
      arrives(now + 1000 * i, now + 1000 * i, 2_000 + i);
    }
    assertThat(refused()).isZero();
    assertThat(late()).hasSize(600);
    assertThat(harness.extractOutputValues()).noneMatch(ClockSetBack.class::isInstance);
  }

  @Test
  void aClockSetBackIsBelievedAlsoWhereManyNumbersAreLeftOut() throws Exception {
    for (long i = 0; i < 100; i++) {
      arrives(NOW + 1000 * i, NOW + 1000 * i, i);
    }
    long back = NOW - 7_200_000;
    for (long i = 0; i < 400; i++) {
      arrives(NOW + 200_000 + 1000 * i, back + 1000 * i, 5_000 + i);
    }
    assertThat(refused()).isZero();
    assertThat(harness.extractOutputValues()).filteredOn(ClockSetBack.class::isInstance).hasSize(1);
    assertThat(late().size()).isLessThan(320);
  }

  @Test
  void aDeviceWhoseReadingsAreAllRefusedIsNotSilent() throws Exception {
    arrives(NOW, NOW, 50_000);
    for (long i = 1; i <= 300; i++) {
      arrives(NOW + 1000 * i, NOW + 1000 * i, 50_000);
    }
    assertThat(refused()).isEqualTo(300);
    assertThat(statuses()).containsExactly("ONLINE");
    for (long second = 1; second <= SILENT_AFTER / 1000; second++) {
      harness.setProcessingTime(NOW + 300_000 + 1000 * second);
    }
    arrives(NOW + 400_000, NOW + 600_000, 50_001);
    assertThat(statuses()).containsExactly("ONLINE", "SILENT", "ONLINE");
  }

  @Test
  void noDeviceIsSilentWhileTheJobIsDown() throws Exception {
    arrives(NOW, NOW, 1);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1);
    harness.close();
    long again = NOW + 3_600_000;
    open(again, checkpoint);
    // The device's timer has run out long ago, and fires as soon as anything can.
    harness.setProcessingTime(again + 1);
    harness.setProcessingTime(again + SILENT_AFTER);
    assertThat(harness.getSideOutput(TimelineFunction.STATUS)).isNull();
    harness.setProcessingTime(again + 1 + SILENT_AFTER);
    assertThat(statuses()).containsExactly("SILENT");
  }
}
