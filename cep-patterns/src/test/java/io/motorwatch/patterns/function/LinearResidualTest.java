package io.motorwatch.patterns.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.motorwatch.patterns.expression.ExpressionException;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code residual}: the current of a pump given its speed and flow. */
class LinearResidualTest {

  private static final double NOISE = 0.2;

  private final Random random = new Random(7);
  private SingleDeviceFunction score;
  private long at;

  @BeforeEach
  void create() throws Exception {
    score =
        new SingleDeviceFunction(
            "residual(current, [speed, flow], 10m)", "current", "speed", "flow");
  }

  /** A reading of a pump in order, but for so many amperes more. */
  private double reading(double more) {
    return reading(more, 1400 + 50 * random.nextGaussian());
  }

  private double reading(double more, double speed) {
    double flow = 30 + 4 * random.nextGaussian();
    double current = 2 + 0.01 * speed - 0.1 * flow + NOISE * random.nextGaussian() + more;
    at += 1_000;
    return score.reading(at, current, speed, flow);
  }

  private double rootMeanSquare(int readings, double more) {
    double squares = 0;
    for (int i = 0; i < readings; i++) {
      squares += Math.pow(reading(more), 2);
    }
    return Math.sqrt(squares / readings);
  }

  private void learn() {
    for (int i = 0; i < 601; i++) {
      assertThat(reading(0)).isNaN();
    }
  }

  @Test
  void isUnknownUntilItsMemoryHasPassedAndThenCountsDeviationsFromWhatTheInputsLetExpect() {
    learn();
    assertThat(rootMeanSquare(20_000, 0)).isCloseTo(1, within(0.05));
    // One ampere is less than the current varies with the speed, and five times the noise.
    assertThat(reading(1)).isBetween(2.0, 8.0);
    assertThat(reading(-1)).isBetween(-8.0, -2.0);
  }

  @Test
  void aLastingFaultIsNotLearnedAndStaysVisibleUntilItsMemoryHasPassed() {
    learn();
    rootMeanSquare(600, 0);
    assertThat(rootMeanSquare(30, 2)).isGreaterThan(8);
    for (int i = 0; i < 500; i++) {
      assertThat(reading(2)).isGreaterThan(5);
    }
    assertThat(rootMeanSquare(100, 0)).as("afterwards").isLessThan(1.5);
  }

  @Test
  void aMachineThatHasChangedForGoodIsLearnedAgain() {
    learn();
    while (!Double.isNaN(reading(2))) {
      assertThat(at).isLessThan(1_300_000L);
    }
    assertThat(at).isBetween(1_190_000L, 1_250_000L);
    for (int i = 0; i < 601; i++) {
      reading(2);
    }
    assertThat(rootMeanSquare(500, 2)).isCloseTo(1, within(0.2));
  }

  @Test
  void aFaultThatGrowsSlowlyIsNotTakenForNormal() {
    learn();
    double last = 0;
    for (int i = 0; i < 1_200; i++) {
      last = 0.98 * last + 0.02 * reading(i / 1_200.0);
    }
    assertThat(last).as("one ampere more after twice its memory").isGreaterThan(3);
  }

  @Test
  void inputsThatStandStillOrFollowEachOtherExplainNothingMore() throws Exception {
    SingleDeviceFunction twice =
        new SingleDeviceFunction("residual(y, [a, b, c, d], 2m)", "y", "a", "b", "c", "d");
    double squares = 0;
    for (int i = 0; i < 5_000; i++) {
      double x = random.nextGaussian();
      double score = twice.reading(i * 1_000L, 3 * x + random.nextGaussian(), x, 5, 2 * x, 0);
      assertThat(Double.isNaN(score)).isEqualTo(i <= 120);
      squares += i > 120 ? score * score : 0;
    }
    assertThat(Math.sqrt(squares / 4_880)).isCloseTo(1, within(0.05));
  }

  @Test
  void anInputFarFromAllThatWasLearnedIsNoFault() throws Exception {
    SingleDeviceFunction still = new SingleDeviceFunction("residual(y, [a], 2m)", "y", "a");
    for (int i = 0; i < 300; i++) {
      still.reading(i * 1_000L, random.nextGaussian(), 1450);
    }
    for (int i = 300; i < 330; i++) {
      assertThat(still.reading(i * 1_000L, 5 + random.nextGaussian(), 1000)).isBetween(-1.0, 1.0);
    }
  }

  @Test
  void aTargetThatNeverVariesHasNoResidualAndOneThatIsComputedHasSmallOnes() throws Exception {
    SingleDeviceFunction constant = new SingleDeviceFunction("residual(y, [a], 2m)", "y", "a");
    SingleDeviceFunction exact = new SingleDeviceFunction("residual(y, [a], 2m)", "y", "a");
    for (int i = 0; i < 1_000; i++) {
      double a = random.nextGaussian();
      assertThat(constant.reading(i * 1_000L, 5, a)).isNaN();
      double score = exact.reading(i * 1_000L, 4 * a, a);
      if (i > 120) {
        assertThat(score).isBetween(-1.0, 1.0);
      }
    }
  }

  @Test
  void absurdInputsRepeatedMomentsAndGapsLeaveItFiniteAndUseful() {
    learn();
    for (int i = 0; i < 50; i++) {
      score.reading(at, random.nextGaussian() * 1e15, -1e15 * random.nextDouble(), 1e15);
      assertThat(score.reading(at, 13, Double.NaN, 30)).isNaN();
      rootMeanSquare(20, 0);
    }
    at += 30L * 86_400_000;
    assertThat(rootMeanSquare(2_000, 0)).isBetween(0.5, 2.0);
    assertThat(reading(3)).isGreaterThan(4);
  }

  @Test
  void aGapTeachesNothing() throws Exception {
    SingleDeviceFunction rare = new SingleDeviceFunction("residual(y, [a], 2m)", "y", "a");
    for (int i = 0; i < 101; i++) {
      double known = rare.reading(i * 3_600_000L, random.nextGaussian(), random.nextGaussian());
      assertThat(known).isNaN();
    }
    assertThat(rare.reading(102 * 3_600_000L, 1, 1)).isNotNaN();
  }

  @Test
  void fiveInputsTakeTwoHundredAndSixtyFourBytes() throws Exception {
    SingleDeviceFunction five =
        new SingleDeviceFunction("residual(y, [a, b, c, d, e], 2m)", "y", "a", "b", "c", "d", "e");
    five.reading(0, 1, 2, 3, 4, 5, 6);
    assertThat(five.known() * Double.BYTES).isEqualTo(264);
  }

  @Test
  void wrongListsAreRefusedWithTheirPlace() {
    refused("residual(y, [a,b,c,d,e,f], 2m)", 24, "residual takes at most 5 inputs, not 6");
    refused("residual(y, [], 2m)", 13, "residual needs at least one input");
    refused(
        "residual(y, a, 2m)", 9, "residual takes a number and a list of numbers and a duration");
    refused("residual(y, [a], 2)", 18, "anything but a duration");
    refused("mean([a], 2m)", 5, "mean takes 2 numbers, not a list and a number");
    refused("[a]", 1, "gives no number but a list");
  }

  private static void refused(String text, int column, String message) {
    assertThatThrownBy(() -> new SingleDeviceFunction(text))
        .isInstanceOfSatisfying(
            ExpressionException.class, e -> assertThat(e.column()).as(text).isEqualTo(column))
        .hasMessageContaining(message);
  }
}
