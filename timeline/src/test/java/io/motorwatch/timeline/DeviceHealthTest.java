package io.motorwatch.timeline;

import static io.motorwatch.timeline.TimelineHarness.CURRENT;
import static io.motorwatch.timeline.TimelineHarness.DEVICE;
import static io.motorwatch.timeline.TimelineHarness.FORGET_AFTER;
import static io.motorwatch.timeline.TimelineHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.AttributesReport;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.Reading;
import io.motorwatch.model.StatusReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Online, silent, offline, forgotten; what is reported of it, and when. */
class DeviceHealthTest {

  private TimelineHarness timeline;

  @BeforeEach
  void open() throws Exception {
    timeline = TimelineHarness.open(0);
  }

  @AfterEach
  void close() throws Exception {
    timeline.close();
  }

  @Test
  void aDeviceIsOnlineThenSilentByTheWallClockThenOnlineAgainAndToldOnChangeOnly()
      throws Exception {
    timeline.current(NOW, Reading.NO_SEQ, 9);
    timeline.current(NOW + 1, Reading.NO_SEQ, 9);
    timeline.clock(NOW + 59_999);
    assertThat(timeline.statuses()).containsExactly("ONLINE");
    timeline.clock(NOW + 60_000);
    assertThat(timeline.statuses()).containsExactly("ONLINE", "SILENT");
    assertThat(timeline.events().get(2))
        .isEqualTo(new DeviceSilence(DEVICE, NOW + 60_000, NOW + 1, 60_000, Attributes.NONE));
    timeline.current(NOW + 2, Reading.NO_SEQ, 9);
    timeline.takes(new StatusReport(DEVICE, false, true, NOW));
    assertThat(timeline.statuses()).containsExactly("ONLINE", "SILENT", "ONLINE", "OFFLINE");
  }

  /** As in history, which has no wall clock. */
  @Test
  void withSilenceDetectionDisabledNoDeviceIsSilentWhateverItsReportInterval() throws Exception {
    timeline.close();
    timeline = TimelineHarness.open(0, 36_500 * 86_400_000L);
    timeline.takes(
        new AttributesReport(DEVICE, Attributes.ofNumbers(Map.of("reportInterval", 5.0)), NOW));
    timeline.current(NOW, Reading.NO_SEQ, 9);
    timeline.clock(NOW + 600_000);
    assertThat(timeline.statuses()).containsExactly("ONLINE");
  }

  @Test
  void silenceIsToldAgainWheneverItHasLastedTwiceAsLongUntilTheNextReading() throws Exception {
    timeline.current(NOW, Reading.NO_SEQ, 9);
    for (long seconds = 1; seconds <= 500; seconds++) {
      timeline.clock(NOW + seconds * 1000);
    }
    timeline.takes(
        new Reading(DEVICE, NOW + 2, NOW + 500_000, Reading.NO_SEQ, CURRENT, new double[] {9}));
    timeline.clock(NOW + 560_000);
    List<Long> lasted =
        timeline.events().stream()
            .filter(DeviceSilence.class::isInstance)
            .map(event -> ((DeviceSilence) event).lastedMs())
            .toList();
    assertThat(lasted).containsExactly(60_000L, 120_000L, 240_000L, 480_000L, 60_000L);
    assertThat(timeline.statuses()).containsExactly("ONLINE", "SILENT", "ONLINE", "SILENT");
  }

  @Test
  void aDeviceThatOnlySaidItIsOnlineFallsSilentToo() throws Exception {
    timeline.takes(new StatusReport(DEVICE, true, true, NOW));
    timeline.clock(NOW + 60_000);
    assertThat(timeline.statuses()).containsExactly("ONLINE", "SILENT");
    DeviceStatus first = timeline.reported().get(0);
    assertThat(first.lastSeen()).isEqualTo(Long.MIN_VALUE);
    assertThat(first.clockSkewMs()).isNaN();
  }

  @Test
  void aStatusTheBrokerKeptIsNoNewsOfADeviceThatIsKnown() throws Exception {
    timeline.takes(new StatusReport(DEVICE, false, false, NOW));
    assertThat(timeline.statuses()).as("nothing else is known yet").containsExactly("OFFLINE");
    timeline.takes(new StatusReport(DEVICE, true, true, NOW));
    timeline.takes(new StatusReport(DEVICE, false, false, NOW));
    timeline.takes(new StatusReport(DEVICE, true, false, NOW));
    assertThat(timeline.statuses()).containsExactly("OFFLINE", "ONLINE");
  }

  @Test
  void aDeviceUnseenForLongLeavesNoStateAndNoTimer() throws Exception {
    timeline.current(NOW, 1, 9);
    timeline.takes(
        new AttributesReport(new DeviceId("plant", "only-a-plate"), Attributes.NONE, NOW));
    timeline.clock(NOW + FORGET_AFTER - 1);
    assertThat(timeline.stateEntries()).isEqualTo(2);
    timeline.clock(NOW + FORGET_AFTER);
    assertThat(timeline.stateEntries()).isZero();
    assertThat(timeline.timers()).isZero();
    assertThat(timeline.events()).contains(new DeviceForgotten(DEVICE, NOW + FORGET_AFTER, NOW));
  }

  @Test
  void aDevicesOwnReportIntervalDecidesWhenItIsSilent() throws Exception {
    timeline.current(NOW, 1, 9);
    for (Attributes plate :
        List.of(
            Attributes.ofNumbers(Map.of("reportInterval", 5.0)),
            new Attributes(Map.of(), Map.of("reportInterval", "5s"), Map.of()))) {
      timeline.takes(new AttributesReport(DEVICE, plate, NOW));
    }
    timeline.clock(NOW + 14_999);
    assertThat(timeline.statuses()).containsExactly("ONLINE");
    timeline.clock(NOW + 15_000);
    assertThat(timeline.statuses()).containsExactly("ONLINE", "SILENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"often", "0s", "999999999999d"})
  void aReportIntervalThatIsNoneIsRejectedAndTheConfigCounts(String interval) throws Exception {
    Attributes plate = new Attributes(Map.of(), Map.of("reportInterval", interval), Map.of());
    timeline.current(NOW, 1, 9);
    timeline.takes(new AttributesReport(DEVICE, plate, NOW));
    assertThat(timeline.rejections()).containsExactly("malformed");
    timeline.clock(NOW + 60_000);
    assertThat(timeline.statuses()).containsExactly("ONLINE", "SILENT");
  }

  @Test
  void anOfflineDeviceStaysSoWhileItsSilenceIsToldBehind() throws Exception {
    timeline.current(NOW, 1, 9);
    timeline.takes(new StatusReport(DEVICE, false, true, NOW));
    timeline.clock(NOW + 60_000);
    assertThat(timeline.statuses()).containsExactly("ONLINE", "OFFLINE");
    assertThat(timeline.events())
        .contains(new DeviceSilence(DEVICE, NOW + 60_000, NOW, 60_000, Attributes.NONE));
  }

  @Test
  void numbersLeftOutAreToldAsLostUntilTheyCome() throws Exception {
    timeline.current(NOW, 10, 9);
    timeline.current(NOW + 4000, 14, 9);
    timeline.current(NOW + 2000, 12, 9);
    timeline.current(NOW + 1000, 5, 9);
    timeline.takes(new StatusReport(DEVICE, false, true, NOW));
    assertThat(timeline.reported()).extracting(DeviceStatus::lost).containsExactly(0L, 2L);
  }

  @Test
  void noDeviceIsSilentBecauseTheJobWasHeldUp() throws Exception {
    timeline.current(NOW, 1, 9);
    timeline.heldUpUntil(NOW + 300_000);
    assertThat(timeline.statuses()).containsExactly("ONLINE");
    timeline.clock(NOW + 359_999);
    assertThat(timeline.statuses()).containsExactly("ONLINE");
    timeline.clock(NOW + 360_000);
    assertThat(timeline.statuses()).containsExactly("ONLINE", "SILENT");
  }

  @Test
  void noDeviceIsSilentWhileTheJobCatchesUp() throws Exception {
    timeline.current(NOW, 1, 9);
    timeline.heldUpUntil(NOW + 300_000);
    for (long second = 1; second <= 200; second++) {
      timeline.clock(NOW + 300_000 + 1000 * second);
      long arrivedAt = NOW + 2000 * second;
      timeline.takes(
          new Reading(DEVICE, arrivedAt, arrivedAt, 1 + second, CURRENT, new double[] {9}));
    }
    assertThat(timeline.statuses()).containsExactly("ONLINE");
    assertThat(timeline.events()).noneMatch(DeviceSilence.class::isInstance);
  }
}
