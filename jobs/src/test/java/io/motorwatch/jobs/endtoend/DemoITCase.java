package io.motorwatch.jobs.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.jobs.command.Motorwatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command a newcomer types first. */
class DemoITCase {

  @BeforeEach
  void tellWhereTheProjectIs() {
    System.setProperty("motorwatch.home", "..");
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty("motorwatch.home");
  }

  @Test
  void aShortDemoFindsEveryAlarmOfTheGroundTruthAndInventsNone() {
    assertThat(Motorwatch.execute("demo", "--devices", "30", "--seconds", "15")).isZero();
  }
}
