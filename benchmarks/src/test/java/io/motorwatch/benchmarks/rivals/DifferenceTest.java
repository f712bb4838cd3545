package io.motorwatch.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  private static final Raised EARLY = new Raised("plant/a", "stall", 1_000, 3_000);
  private static final Raised LATE = new Raised("plant/a", "overload", 1_000, 31_000);

  @Test
  void theSameAlarmsAreNoDifference() {
    assertThat(
            Difference.first(
                "one", new TreeSet<>(List.of(EARLY)), "other", new TreeSet<>(List.of(EARLY))))
        .isEmpty();
  }

  @Test
  void theFirstInTimeIsNamedAndWhoseItIs() {
    assertThat(
            Difference.first(
                "one", new TreeSet<>(List.of(LATE)), "other", new TreeSet<>(List.of(EARLY))))
        .hasValueSatisfying(
            words -> assertThat(words).startsWith("other raises " + EARLY + ", and one does not"));
  }

  @Test
  void anAlarmThatOneAloneLacksIsNamed() {
    assertThat(Difference.first("one", new TreeSet<>(List.of(LATE)), "other", new TreeSet<>()))
        .hasValueSatisfying(
            words -> assertThat(words).startsWith("one raises " + LATE + ", and other does not"));
  }
}
