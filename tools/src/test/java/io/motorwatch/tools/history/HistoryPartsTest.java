package io.motorwatch.tools.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryPartsTest {

  /** A history of a size that nobody reads. */
  private record Sized(DeviceId device, long size) implements DeviceHistory {
    @Override
    public Attributes attributes() {
      return Attributes.NONE;
    }

    @Override
    public ReadingCursor open() {
      throw new IllegalStateException("not to be read");
    }
  }

  @Test
  void aFewDevicesAreSpreadEvenlyOverTheSubtasks() {
    for (int count = 2; count < 12; count += 2) {
      List<Sized> devices =
          IntStream.range(0, count)
              .mapToObj(i -> new Sized(new DeviceId("plant", "m" + i), 1_000))
              .toList();
      Partitions partitions = Partitions.of(devices, 2);
      assertThat(devices.stream().filter(each -> partitions.of(each.device()) == 0))
          .as(count + " devices")
          .hasSize(count / 2);
    }
  }

  @Test
  void thereAreNoMoreSubtasksThanDevices() {
    assertThat(Partitions.of(List.of(new Sized(new DeviceId("a", "b"), 1)), 8).parallelism())
        .isEqualTo(1);
  }

  @Test
  void aSeriesKeyIsReadWithWhatIsEscapedInIt() {
    SeriesKey key = SeriesKey.parse("telemetry,device=m\\,1\\=x,site=a\\ b");
    assertThat(key.tag("device")).isEqualTo("m,1=x");
    assertThat(key.tag("site")).isEqualTo("a b");
    assertThat(key.tag("pattern")).isEmpty();
    assertThat(SeriesKey.parse("telemetry").tag("site")).isEmpty();
  }

  @Test
  void theProgressLineHasABarAShareAndARate() {
    assertThat(ProgressBar.line(0.5, 1_234_567, 2))
        .isEqualTo("[###############...............]  50 %  1,234,567 readings, 617,284/s");
  }
}
