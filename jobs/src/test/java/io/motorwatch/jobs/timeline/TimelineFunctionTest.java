package io.motorwatch.jobs.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.jobs.config.TimelineConfig;
import io.motorwatch.model.Attributes;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.model.Reading;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.StatusReport;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.serialization.TimelineEventSerializer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineFunctionTest {

  private static final DeviceId DEVICE = new DeviceId("plant", "motor-1");
  private static final FieldLayout CURRENT = FieldLayout.of("current");
  private static final long FORGET_AFTER = 30 * 86_400_000L;
  private static final long NOW = 1_800_000_000_000L;

  private KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, TimelineEvent> harness;

  @BeforeEach
  void open() throws Exception {
    harness = newHarness(0);
    harness.setProcessingTime(NOW);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, TimelineEvent>
      newHarness(long reorderWindow) throws Exception {
    TimelineConfig config =
        new TimelineConfig(
            60_000, reorderWindow, 60_000, 60_000, FORGET_AFTER, 300_000, 5, 946_684_800_000L);
    KeyedOneInputStreamOperatorTestHarness<String, DeviceEvent, TimelineEvent> made =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new TimelineFunction(config, Long.MAX_VALUE, "site/{site}/device/{device}")),
            event -> event.device().path(),
            Types.STRING);
    made.setup(TimelineEventSerializer.INSTANCE);
    return made;
  }

  private void reading(long at, long seq, FieldLayout layout, double... values) throws Exception {
    harness.processElement(new Reading(DEVICE, at, NOW, seq, layout, values), at);
  }

  private void current(long at, long seq, double value) throws Exception {
    reading(at, seq, CURRENT, value);
  }

  private List<TimelineReading> readings() {
    return harness.extractOutputValues().stream()
        .filter(TimelineReading.class::isInstance)
        .map(TimelineReading.class::cast)
        .toList();
  }

  private List<Long> times() {
    return readings().stream().map(TimelineReading::timestamp).toList();
  }

  private List<String> rejections() {
    Queue<StreamRecord<Rejection>> side = harness.getSideOutput(TimelineFunction.REJECTED);
    return side == null
        ? List.of()
        : side.stream().map(record -> record.getValue().reason().code()).toList();
  }

  private List<String> statuses() {
    Queue<StreamRecord<DeviceStatus>> side = harness.getSideOutput(TimelineFunction.STATUS);
    return side == null
        ? List.of()
        : side.stream().map(record -> record.getValue().health().name()).toList();
  }

  @Test
  void aSequenceNumberSeenBeforeIsADuplicateAndOneLongPassedAReplay() throws Exception {
    current(NOW, 2000, 1);
    current(NOW, 2000, 1);
    current(NOW - 2000, 1998, 1);
    current(NOW - 2000, 1998, 1);
    current(NOW - 90_000, 1488, 1);
    assertThat(times()).containsExactly(NOW, NOW - 2000);
    assertThat(rejections()).containsExactly("duplicate", "duplicate", "replayed");
  }

  @Test
  void aDeviceThatRestartsCountsFromTheBeginningAtANewerTime() throws Exception {
    current(NOW, 100_000, 1);
    current(NOW + 1000, 1, 1);
    current(NOW + 2000, 2, 1);
    assertThat(times()).containsExactly(NOW, NOW + 1000, NOW + 2000);
    assertThat(rejections()).isEmpty();
  }

  @Test
  void withoutSequenceNumbersTimeAndValuesTellADuplicate() throws Exception {
    current(NOW, Reading.NO_SEQ, 1);
    current(NOW, Reading.NO_SEQ, 1);
    current(NOW, Reading.NO_SEQ, 2);
    assertThat(times()).containsExactly(NOW, NOW);
    assertThat(rejections()).containsExactly("duplicate");
  }

  @Test
  void aBacklogWithoutNumbersBetweenReadingsOfNowIsTakenThoughTheBrokerSentItBefore()
      throws Exception {
    for (long i = 0; i < 100; i++) {
      current(NOW + 100 * i, Reading.NO_SEQ, 1);
      long before = NOW - 100_000 + 100 * i;
      Reading late = new Reading(DEVICE, before, NOW, Reading.NO_SEQ, CURRENT, new double[] {1});
      harness.processElement(late.asRedelivered(), before);
    }
    assertThat(rejections()).isEmpty();
    assertThat(readings()).filteredOn(TimelineReading::late).hasSize(100);
  }

  @Test
  void aClockFarAheadIsRejectedAndOneAtTheLimitIsNot() throws Exception {
    current(NOW + 60_000, Reading.NO_SEQ, 1);
    current(NOW + 60_001, Reading.NO_SEQ, 1);
    assertThat(times()).containsExactly(NOW + 60_000);
    assertThat(rejections()).containsExactly("future");
  }

  @Test
  void aTimeIn1970IsStaleAndLeavesNoState() throws Exception {
    current(1_710_000, Reading.NO_SEQ, 1);
    assertThat(rejections()).containsExactly("stale");
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aReadingOlderThanTheDevicesProgressIsLateWithItsOwnValuesOnly() throws Exception {
    reading(NOW, 5, FieldLayout.of("current", "speed"), 1, 2);
    current(NOW - 1, 4, 3);
    TimelineReading late = readings().get(1);
    assertThat(late.late()).isTrue();
    assertThat(late.known()).isEqualTo(CURRENT);
    assertThat(late.latest()).containsExactly(3);
  }

  @Test
  void fieldsSentInMessagesOfTheirOwnAreSeenTogetherUntilTheyAreTooOld() throws Exception {
    reading(NOW - 60_000, Reading.NO_SEQ, FieldLayout.of("speed"), 1480);
    current(NOW, Reading.NO_SEQ, 9);
    current(NOW + 1, Reading.NO_SEQ, 9);
    List<TimelineReading> out = readings();
    assertThat(out.get(1).known()).isEqualTo(FieldLayout.of("speed", "current"));
    assertThat(out.get(1).latest()).containsExactly(1480, 9);
    assertThat(out.get(2).latest()).containsExactly(Double.NaN, 9);
  }

  @Test
  void attributesApplyFromTheNextReading() throws Exception {
    current(NOW, Reading.NO_SEQ, 9);
    Attributes plate = Attributes.ofNumbers(Map.of("ratedCurrent", 4.0));
    harness.processElement(new AttributesReport(DEVICE, plate, NOW), NOW);
    current(NOW + 1, Reading.NO_SEQ, 9);
    List<TimelineReading> out = readings();
    assertThat(out.get(0).attributes()).isEqualTo(Attributes.NONE);
    assertThat(out.get(1).attributes()).isEqualTo(plate);
  }

  @Test
  void aDeviceIsOnlineThenSilentByTheWallClockThenOnlineAgainAndToldOnChangeOnly()
      throws Exception {
    current(NOW, Reading.NO_SEQ, 9);
    current(NOW + 1, Reading.NO_SEQ, 9);
    harness.setProcessingTime(NOW + 59_999);
    assertThat(statuses()).containsExactly("ONLINE");
    harness.setProcessingTime(NOW + 60_000);
    assertThat(statuses()).containsExactly("ONLINE", "SILENT");
    assertThat(harness.extractOutputValues().get(2))
        .isEqualTo(new DeviceSilence(DEVICE, NOW + 60_000, NOW + 1, 60_000, Attributes.NONE));
    current(NOW + 2, Reading.NO_SEQ, 9);
    harness.processElement(new StatusReport(DEVICE, false, true, NOW), NOW);
    assertThat(statuses()).containsExactly("ONLINE", "SILENT", "ONLINE", "OFFLINE");
  }

  @Test
  void silenceIsToldAgainWheneverItHasLastedTwiceAsLongUntilTheNextReading() throws Exception {
    current(NOW, Reading.NO_SEQ, 9);
    for (long seconds = 1; seconds <= 500; seconds++) {
      harness.setProcessingTime(NOW + seconds * 1000);
    }
    harness.processElement(
        new Reading(DEVICE, NOW + 2, NOW + 500_000, Reading.NO_SEQ, CURRENT, new double[] {9}), 0);
    harness.setProcessingTime(NOW + 560_000);
    List<Long> lasted =
        harness.extractOutputValues().stream()
            .filter(DeviceSilence.class::isInstance)
            .map(event -> ((DeviceSilence) event).lastedMs())
            .toList();
    assertThat(lasted).containsExactly(60_000L, 120_000L, 240_000L, 480_000L, 60_000L);
    assertThat(statuses()).containsExactly("ONLINE", "SILENT", "ONLINE", "SILENT");
  }

  @Test
  void aDeviceThatOnlySaidItIsOnlineFallsSilentToo() throws Exception {
    harness.processElement(new StatusReport(DEVICE, true, true, NOW), NOW);
    harness.setProcessingTime(NOW + 60_000);
    assertThat(statuses()).containsExactly("ONLINE", "SILENT");
    DeviceStatus first = harness.getSideOutput(TimelineFunction.STATUS).peek().getValue();
    assertThat(first.lastSeen()).isEqualTo(Long.MIN_VALUE);
    assertThat(first.clockSkewMs()).isNaN();
  }

  @Test
  void aCountThatBeginsAnewHighUpIsBelievedAfterAFewReadings() throws Exception {
    current(NOW, 1L << 53, 1);
    for (long i = 1; i <= 6; i++) {
      current(NOW + 1000 * i, 5000 + i, 1);
    }
    assertThat(times()).containsExactly(NOW, NOW + 4000, NOW + 5000, NOW + 6000);
    assertThat(rejections()).containsExactly("replayed", "replayed", "replayed");
  }

  @Test
  void aReorderWindowReleasesInTheOrderOfDeviceTimeAndLeavesNoTimer() throws Exception {
    harness.close();
    harness = newHarness(250);
    harness.setProcessingTime(NOW);
    harness.open();
    for (long second : new long[] {3, 1, 2, 5, 4}) {
      current(NOW + 1000 * second, Reading.NO_SEQ, 9);
    }
    assertThat(times()).isEmpty();
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = newHarness(250);
    harness.setProcessingTime(NOW);
    harness.initializeState(snapshot);
    harness.open();
    harness.setProcessingTime(NOW + 250);
    assertThat(times()).containsExactly(NOW + 1000, NOW + 2000, NOW + 3000, NOW + 4000, NOW + 5000);
    assertThat(readings()).noneMatch(TimelineReading::late);
    assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
  }

  @Test
  void aRestoreGoesOnWhereTheCheckpointWas() throws Exception {
    current(NOW, 7, 9);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = newHarness(0);
    harness.setProcessingTime(NOW);
    harness.initializeState(snapshot);
    harness.open();
    current(NOW, 7, 9);
    assertThat(times()).isEmpty();
    assertThat(rejections()).containsExactly("duplicate");
  }

  private List<DeviceStatus> told() {
    return harness.getSideOutput(TimelineFunction.STATUS).stream()
        .map(StreamRecord::getValue)
        .toList();
  }

  @Test
  void aStatusTheBrokerKeptIsNoNewsOfADeviceThatIsKnown() throws Exception {
    harness.processElement(new StatusReport(DEVICE, false, false, NOW), NOW);
    assertThat(statuses()).as("nothing else is known yet").containsExactly("OFFLINE");
    harness.processElement(new StatusReport(DEVICE, true, true, NOW), NOW);
    harness.processElement(new StatusReport(DEVICE, false, false, NOW), NOW);
    harness.processElement(new StatusReport(DEVICE, true, false, NOW), NOW);
    assertThat(statuses()).containsExactly("OFFLINE", "ONLINE");
  }

  @Test
  void aDeviceUnseenForLongLeavesNoStateAndNoTimer() throws Exception {
    current(NOW, 1, 9);
    harness.processElement(
        new AttributesReport(new DeviceId("plant", "only-a-plate"), Attributes.NONE, NOW), NOW);
    harness.setProcessingTime(NOW + FORGET_AFTER - 1);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
    harness.setProcessingTime(NOW + FORGET_AFTER);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
    assertThat(harness.extractOutputValues())
        .contains(new DeviceForgotten(DEVICE, NOW + FORGET_AFTER, NOW));
  }

  @Test
  void aDevicesOwnReportIntervalDecidesWhenItIsSilent() throws Exception {
    current(NOW, 1, 9);
    for (Attributes plate :
        List.of(
            Attributes.ofNumbers(Map.of("reportInterval", 5.0)),
            new Attributes(Map.of(), Map.of("reportInterval", "5s"), Map.of()))) {
      harness.processElement(new AttributesReport(DEVICE, plate, NOW), NOW);
    }
    harness.setProcessingTime(NOW + 14_999);
    assertThat(statuses()).containsExactly("ONLINE");
    harness.setProcessingTime(NOW + 15_000);
    assertThat(statuses()).containsExactly("ONLINE", "SILENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"often", "0s", "999999999999d"})
  void aReportIntervalThatIsNoneIsRejectedAndTheConfigCounts(String interval) throws Exception {
    Attributes plate = new Attributes(Map.of(), Map.of("reportInterval", interval), Map.of());
    current(NOW, 1, 9);
    harness.processElement(new AttributesReport(DEVICE, plate, NOW), NOW);
    assertThat(rejections()).containsExactly("malformed");
    harness.setProcessingTime(NOW + 60_000);
    assertThat(statuses()).containsExactly("ONLINE", "SILENT");
  }

  @Test
  void anOfflineDeviceStaysSoWhileItsSilenceIsToldBehind() throws Exception {
    current(NOW, 1, 9);
    harness.processElement(new StatusReport(DEVICE, false, true, NOW), NOW);
    harness.setProcessingTime(NOW + 60_000);
    assertThat(statuses()).containsExactly("ONLINE", "OFFLINE");
    assertThat(harness.extractOutputValues())
        .contains(new DeviceSilence(DEVICE, NOW + 60_000, NOW, 60_000, Attributes.NONE));
  }

  @Test
  void numbersLeftOutAreToldAsLostUntilTheyCome() throws Exception {
    current(NOW, 10, 9);
    current(NOW + 4000, 14, 9);
    current(NOW + 2000, 12, 9);
    current(NOW + 1000, 5, 9);
    harness.processElement(new StatusReport(DEVICE, false, true, NOW), NOW);
    assertThat(told()).extracting(DeviceStatus::lost).containsExactly(0L, 2L);
  }

  @Test
  void aClockSetBackIsBelievedAfterABoundedTimeAndItIsSaid() throws Exception {
    current(NOW, 1, 9);
    long back = NOW - 3_600_000;
    for (int second = 0; second <= 310; second++) {
      current(back + 1000L * second, 2 + second, 9);
    }
    assertThat(harness.extractOutputValues())
        .contains(new ClockSetBack(DEVICE, NOW, back + 300_000));
    assertThat(readings().stream().filter(TimelineReading::late)).hasSize(300);
    assertThat(readings().get(311).late()).isFalse();
    assertThat(told()).hasSize(3);
    assertThat(told().get(1).note()).isEqualTo("its clock is now 59m behind arrival");
    assertThat(told().get(2).note()).contains("its clock was set back");
    assertThat(told().get(2).clockSkewMs()).isEqualTo(3_600_000.0 - 300_000);
  }

  @Test
  void aBacklogBetweenReadingsOfNowIsNoClockSetBack() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      current(NOW + i, Reading.NO_SEQ, 9);
      current(NOW - 7_200_000 + 3_000L * i, Reading.NO_SEQ, 9);
    }
    assertThat(harness.extractOutputValues()).noneMatch(ClockSetBack.class::isInstance);
    assertThat(readings().stream().filter(TimelineReading::late)).hasSize(2_000);
  }

  @Test
  void aDeviceThatFloodsRejectsIsSummedUpInOnePointAMinute() throws Exception {
    current(NOW, 1, 9);
    for (int i = 0; i < 100; i++) {
      current(NOW, 1, 9);
    }
    assertThat(rejections()).hasSize(5);
    harness.setProcessingTime(NOW + 60_000);
    List<Rejection> all =
        harness.getSideOutput(TimelineFunction.REJECTED).stream()
            .map(StreamRecord::getValue)
            .toList();
    assertThat(all).hasSize(6);
    assertThat(all.get(5).detail()).startsWith("95 more were rejected");
    assertThat(all.get(5).device()).isEqualTo("motor-1");
  }

  @Test
  void whatWasCountedAndNotToldSurvivesAFailure() throws Exception {
    for (int i = 0; i < 8; i++) {
      current(NOW, 1, 9);
    }
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = newHarness(0);
    harness.setProcessingTime(NOW);
    harness.initializeState(snapshot);
    harness.open();
    current(NOW + 1, 2, 9);
    assertThat(harness.getSideOutput(TimelineFunction.REJECTED).peek().getValue().detail())
        .startsWith("2 more were rejected");
  }

  @Test
  void aDeviceWhoseNumbersAndClockBothFallBackIsBelievedAfterTheSameTime() throws Exception {
    current(NOW, 100_000, 1);
    long back = NOW - 3_600_000;
    for (int second = 0; second <= 310; second++) {
      current(back + 1000L * second, second, 9);
    }
    assertThat(times()).hasSize(12).startsWith(NOW, back + 300_000);
    assertThat(harness.extractOutputValues())
        .contains(new ClockSetBack(DEVICE, NOW, back + 300_000));
    assertThat(rejections()).containsOnly("replayed");
  }
}
