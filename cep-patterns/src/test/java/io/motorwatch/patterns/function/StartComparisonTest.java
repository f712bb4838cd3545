package io.motorwatch.patterns.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.motorwatch.patterns.motor.StartPhase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code startTime()} and the like, over whole starts. */
class StartComparisonTest {

  private SingleDeviceFunction time;
  private SingleDeviceFunction heat;
  private SingleDeviceFunction peak;
  private SingleDeviceFunction learned;
  private long at;

  @BeforeEach
  void create() throws Exception {
    time = new SingleDeviceFunction("startTime()", "current", "ratedCurrent");
    heat = new SingleDeviceFunction("startHeat()", "current", "ratedCurrent");
    peak = new SingleDeviceFunction("startPeak()", "current", "ratedCurrent");
    learned =
        new SingleDeviceFunction("learnedStartHeat(10)", "current", "ratedCurrent", "tripClass");
  }

  /** Time, heat, peak, learned heat. */
  private double[] reading(StartPhase start, double current) {
    at += 500;
    return new double[] {
      time.reading(at, start, current, 10),
      heat.reading(at, start, current, 10),
      peak.reading(at, start, current, 10),
      learned.reading(at, start, current, 10, 10)
    };
  }

  /** A start of so many seconds, from standstill to running. */
  private double[] start(double seconds, double current) {
    reading(StartPhase.NONE, 0);
    reading(StartPhase.BEGINS, current);
    for (double t = 0.5; t < seconds; t += 0.5) {
      reading(StartPhase.LASTS, current);
    }
    reading(StartPhase.ENDS, current);
    return reading(StartPhase.NONE, 9);
  }

  @Test
  void areUnknownForFiveStartsAndThenCompareTheLastWithTheMedianOfThoseBefore() {
    for (int i = 0; i < 5; i++) {
      assertThat(start(4, 60)[0]).isNaN();
    }
    double[] usual = start(4, 60);
    assertThat(usual[0]).isCloseTo(1, within(1e-9));
    assertThat(usual[1]).isCloseTo(1, within(1e-9));
    assertThat(usual[2]).isCloseTo(1, within(1e-9));
    double[] slow = start(6, 60);
    assertThat(slow[0]).isCloseTo(1.5, within(1e-9));
    assertThat(slow[1]).isCloseTo(1.5, within(1e-9));
    assertThat(slow[2]).isCloseTo(1, within(1e-9));
    assertThat(start(4, 66)[2]).isCloseTo(1.1, within(1e-9));
    assertThat(reading(StartPhase.NONE, 9)[2])
        .as("until the next start")
        .isCloseTo(1.1, within(1e-9));
  }

  @Test
  void twoBadStartsOfFiveDoNotChangeWhatIsUsual() {
    for (int i = 0; i < 5; i++) {
      start(4, 60);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(start(8, 60)[0]).isCloseTo(2, within(1e-9));
    }
    assertThat(start(4, 60)[0]).isCloseTo(1, within(1e-9));
    assertThat(time.known() * Double.BYTES).isEqualTo(96);
  }

  @Test
  void aStartOfThreeReadingsIsNotCalledLong() {
    for (int i = 0; i < 5; i++) {
      start(0.5, 60);
    }
    assertThat(start(1, 60)[0]).isEqualTo(1);
    assertThat(start(1.5, 60)[0]).isCloseTo(3, within(1e-9));
  }

  @Test
  void aStartUnderWayIsComparedAsItGoes() {
    for (int i = 0; i < 5; i++) {
      start(4, 60);
    }
    assertThat(reading(StartPhase.BEGINS, 30)[0]).isZero();
    double[] soFar = reading(StartPhase.LASTS, 30);
    assertThat(soFar[0]).isCloseTo(0.125, within(1e-9));
    assertThat(soFar[1]).isCloseTo(0.125 / 4, within(1e-9));
    assertThat(soFar[2]).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void aStartThatFailsIsComparedButNotLearned() {
    for (int i = 0; i < 5; i++) {
      start(4, 60);
    }
    for (int i = 0; i < 20; i++) {
      reading(StartPhase.BEGINS, 60);
      reading(StartPhase.LASTS, 60);
      assertThat(reading(StartPhase.NONE, 0)[0]).isCloseTo(0.125, within(1e-9));
      reading(StartPhase.LASTS, 60);
    }
    assertThat(start(4, 60)[0]).isCloseTo(1, within(1e-9));
  }

  @Test
  void theLearnedHeatIsWhatTheThermalReplicaGainsByAStart() throws Exception {
    SingleDeviceFunction replica =
        new SingleDeviceFunction("thermal(current, ratedCurrent, 10)", "current", "ratedCurrent");
    for (int i = 0; i < 4; i++) {
      start(4, 60);
    }
    assertThat(reading(StartPhase.NONE, 9)[3]).isNaN();
    double used = start(4, 60)[3];
    replica.reading(0, 0, 10);
    double gained = 0;
    for (long t = 500; t <= 4_000; t += 500) {
      gained = replica.reading(t, 60, 10);
    }
    assertThat(used).isCloseTo(gained, within(0.02 * gained));
  }
}
