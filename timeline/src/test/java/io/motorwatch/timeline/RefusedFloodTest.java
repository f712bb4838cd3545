package io.motorwatch.timeline;

import static io.motorwatch.timeline.TimelineHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Rejection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that floods rejects fills no database. */
class RefusedFloodTest {

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
  void aDeviceThatFloodsRejectsIsSummedUpInOnePointAMinute() throws Exception {
    timeline.current(NOW, 1, 9);
    for (int i = 0; i < 100; i++) {
      timeline.current(NOW, 1, 9);
    }
    assertThat(timeline.rejections()).hasSize(5);
    timeline.clock(NOW + 60_000);
    List<Rejection> all = timeline.rejected();
    assertThat(all).hasSize(6);
    assertThat(all.get(5).detail()).startsWith("95 more were rejected");
    assertThat(all.get(5).device()).isEqualTo("motor-1");
  }

  @Test
  void whatWasCountedAndNotToldSurvivesAFailure() throws Exception {
    for (int i = 0; i < 8; i++) {
      timeline.current(NOW, 1, 9);
    }
    timeline = timeline.restored();
    timeline.current(NOW + 1, 2, 9);
    assertThat(timeline.rejected().get(0).detail()).startsWith("2 more were rejected");
  }
}
