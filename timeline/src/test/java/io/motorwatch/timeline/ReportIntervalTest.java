package io.motorwatch.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.model.Attributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportIntervalTest {

  private static Attributes number(double seconds) {
    return new Attributes(Map.of(ReportInterval.NAME, seconds), Map.of(), Map.of());
  }

  private static Attributes text(String duration) {
    return new Attributes(Map.of(), Map.of(ReportInterval.NAME, duration), Map.of());
  }

  @ParameterizedTest
  @CsvSource({"0.034, 102", "1, 3000", "0.5, 1500", "31622400, 94867200000"})
  void aNumberOfSecondsPermitsThreeTimesAsLong(double seconds, long silentAfter) {
    assertThat(ReportInterval.silentAfter(number(seconds))).hasValue(silentAfter);
    assertThat(ReportInterval.isUnusable(number(seconds))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"34ms, 102", "5m, 900000", "366d, 94867200000"})
  void aDurationPermitsThreeTimesAsLong(String duration, long silentAfter) {
    assertThat(ReportInterval.silentAfter(text(duration))).hasValue(silentAfter);
    assertThat(ReportInterval.isUnusable(text(duration))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0003, 0.0333, 0, -1, 31_622_401, Double.NaN, 1e300})
  void aNumberThatWouldFloodOrNeverEndIsUnusable(double seconds) {
    assertThat(ReportInterval.silentAfter(number(seconds))).isEmpty();
    assertThat(ReportInterval.isUnusable(number(seconds))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"33ms", "1ms", "0s", "367d", "soon", ""})
  void aDurationThatWouldFloodOrNeverEndIsUnusable(String duration) {
    assertThat(ReportInterval.silentAfter(text(duration))).isEmpty();
    assertThat(ReportInterval.isUnusable(text(duration))).isTrue();
  }

  @Test
  void aListIsUnusable() {
    Attributes list =
        new Attributes(Map.of(), Map.of(), Map.of(ReportInterval.NAME, List.of("5m")));
    assertThat(ReportInterval.isUnusable(list)).isTrue();
  }

  @Test
  void withoutTheAttributeThereIsNothingToUse() {
    assertThat(ReportInterval.silentAfter(Attributes.NONE)).isEmpty();
    assertThat(ReportInterval.isUnusable(Attributes.NONE)).isFalse();
  }
}
