package io.motorwatch.patterns.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.motorwatch.patterns.expression.ExpressionException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stateful functions against their plain formulas over the whole history. */
class StatefulFunctionsTest {

  private static final int READINGS = 400;

  /** Irregular times, some twice. */
  private static long[] times(Random random) {
    long[] times = new long[READINGS];
    for (int i = 1; i < READINGS; i++) {
      times[i] = times[i - 1] + random.nextInt(8) * 500L;
    }
    return times;
  }

  @Test
  void meanAndDeviationAreThoseOfTheWeightsWrittenOut() throws Exception {
    Random random = new Random(1);
    long[] times = times(random);
    double[] values = random.doubles(READINGS, -5, 20).toArray();
    SingleDeviceFunction mean = new SingleDeviceFunction("mean(x, 60s)", "x");
    SingleDeviceFunction deviation = new SingleDeviceFunction("deviation(x, 60s)", "x");
    for (int n = 0; n < READINGS; n++) {
      double weights = 0;
      double sum = 0;
      for (int i = 1; i <= n; i++) {
        double weight = weight(times, i, n);
        weights += weight;
        sum += weight * values[i];
      }
      double plain = weights == 0 ? values[0] : sum / weights;
      double squares = 0;
      for (int i = 1; i <= n; i++) {
        squares += weight(times, i, n) * Math.pow(values[i] - plain, 2);
      }
      assertThat(mean.reading(times[n], values[n])).isCloseTo(plain, within(1e-9));
      assertThat(deviation.reading(times[n], values[n]))
          .isCloseTo(weights == 0 ? 0 : Math.sqrt(squares / weights), within(1e-6));
    }
  }

  private static double weight(long[] times, int i, int now) {
    return Math.exp(-(times[now] - times[i]) / 60_000.0)
        - Math.exp(-(times[now] - times[i - 1]) / 60_000.0);
  }

  @Test
  void theRateOfAStraightLineIsItsSlopeHoweverIrregularItsReadings() throws Exception {
    SingleDeviceFunction rate =
        new SingleDeviceFunction("60 * rate(temperature, 10s)", "temperature");
    double last = 0;
    for (long at : times(new Random(2))) {
      last = rate.reading(at, 20 + 0.05 * at / 1000);
    }
    assertThat(last).isCloseTo(3.0, within(1e-9));
  }

  @Test
  void theRateOfAConstantIsNoughtAndARepeatedMomentDoesNoHarm() throws Exception {
    SingleDeviceFunction rate = new SingleDeviceFunction("rate(x, 10s)", "x");
    assertThat(rate.reading(0, 7)).isZero();
    assertThat(rate.reading(0, 7)).isZero();
    assertThat(rate.reading(5_000, 7)).isCloseTo(0, within(1e-12));
  }

  @Test
  void startsWithinCountsThoseOfTheWindowAndNoMoreThanTwenty() throws Exception {
    SingleDeviceFunction starts = new SingleDeviceFunction("startsWithin(1h)");
    assertThat(starts.reading(0, false)).isZero();
    assertThat(starts.reading(1_000, true)).isEqualTo(1);
    assertThat(starts.reading(2_000, false)).isEqualTo(1);
    assertThat(starts.reading(1_800_000, true)).isEqualTo(2);
    assertThat(starts.reading(3_600_999, false)).isEqualTo(2);
    assertThat(starts.reading(3_601_000, false)).isEqualTo(1);
    assertThat(starts.known()).isEqualTo(1);
    for (int i = 1; i <= 30; i++) {
      starts.reading(4_000_000 + i, true);
    }
    assertThat(starts.reading(4_000_031, false)).isEqualTo(20);
  }

  @Test
  void theZScoreIsUnknownUntilItsWindowHasPassedAndThenCountsDeviations() throws Exception {
    Random random = new Random(3);
    SingleDeviceFunction score = new SingleDeviceFunction("zscore(vibration, 10m)", "vibration");
    long at = 0;
    for (; at <= 600_000; at += 1_000) {
      assertThat(score.reading(at, 4 + 0.5 * random.nextGaussian())).isNaN();
    }
    double squares = 0;
    int count = 20_000;
    for (int i = 0; i < count; i++, at += 1_000) {
      squares += Math.pow(score.reading(at, 4 + 0.5 * random.nextGaussian()), 2);
    }
    assertThat(Math.sqrt(squares / count)).isCloseTo(1, within(0.05));
    assertThat(score.reading(at, 9)).isBetween(8.0, 12.0);
  }

  @Test
  void aFaultNeitherHidesItselfNorMakesTheNextLookUsual() throws Exception {
    Random random = new Random(4);
    SingleDeviceFunction score = new SingleDeviceFunction("zscore(vibration, 10m)", "vibration");
    long at = 0;
    for (; at < 1_200_000; at += 1_000) {
      score.reading(at, 4 + 0.5 * random.nextGaussian());
    }
    for (int i = 0; i < 30; i++, at += 1_000) {
      assertThat(score.reading(at, 400)).isGreaterThan(100);
    }
    assertThat(Math.abs(score.reading(at, 4))).isLessThan(2);
  }

  @Test
  void whatIsUnknownStaysUnknownAndLeavesTheMemoryAsItWas() throws Exception {
    SingleDeviceFunction mean = new SingleDeviceFunction("mean(x, 60s)", "x");
    mean.reading(0, 5);
    assertThat(mean.reading(1_000, Double.NaN)).isNaN();
    assertThat(mean.reading(1_000, 5)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mean(x, 60s)",
        "deviation(x, 60s)",
        "rate(x, 60s)",
        "zscore(x, 60s)",
        "thermal(x, 10, 10)",
        "residual(x, [2 * x], 60s)"
      })
  void noAbsurdReadingChangesWhatIsFoundWithLaterOnes(String text) throws Exception {
    double[] absurd = {1e16, -1e100, 1e200, -1e308, Double.MAX_VALUE, Double.POSITIVE_INFINITY};
    Random random = new Random(5);
    SingleDeviceFunction spared = new SingleDeviceFunction(text, "x");
    SingleDeviceFunction hit = new SingleDeviceFunction(text, "x");
    for (long at = 0; at < 200_000; at += 1_000) {
      assertThat(hit.reading(at, absurd[random.nextInt(absurd.length)])).isNaN();
      double value = 9 + random.nextGaussian();
      Double expected = spared.reading(at, value);
      assertThat((Double) hit.reading(at, value)).as("at %d", at).isEqualTo(expected);
      assertThat(expected.isNaN())
          .isEqualTo(
              at
                  <= (text.startsWith("zscore")
                      ? 60_000
                      : text.startsWith("residual") ? 100_000 : -1));
    }
  }

  @Test
  void aQuotientWithoutAValueAtStandstillHarmsNoMean() throws Exception {
    SingleDeviceFunction mean =
        new SingleDeviceFunction("mean(power / speed, 10m)", "power", "speed");
    assertThat(mean.reading(0, 500, 0)).isNaN();
    assertThat(mean.reading(1_000, 300, 100)).isEqualTo(3);
    assertThat(mean.reading(2_000, 500, 0)).isNaN();
    assertThat(mean.reading(3_000, 300, 100)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean(x, 60s)", "deviation(x, 60s)", "rate(x, 60s)", "zscore(x, 60s)"})
  void theLargestValueThatCountsIsForgottenWithinSeventyWindows(String text) throws Exception {
    SingleDeviceFunction hit = new SingleDeviceFunction(text, "x");
    hit.reading(0, 1e15);
    double last = Double.NaN;
    for (long at = 1_000; at <= 4_200_000; at += 1_000) {
      last = hit.reading(at, at % 2_000 == 0 ? 8 : 10);
    }
    assertThat(Math.abs(last)).isLessThan(20);
  }

  @Test
  void unbalanceIsTheFarthestPhaseFromTheMeanOverTheMeanOrTheRating() throws Exception {
    SingleDeviceFunction rated =
        new SingleDeviceFunction("unbalance(a, b, c)", "a", "b", "c", "ratedCurrent");
    assertThat(rated.reading(0, 12, 12, 9, 10)).isCloseTo(2 / 11.0, within(1e-12));
    assertThat(rated.reading(1, 1.2, 1.2, 0.9, 10)).isCloseTo(0.02, within(1e-12));
    assertThat(rated.reading(2, 12, 12, 9, Double.NaN)).isCloseTo(2 / 11.0, within(1e-12));
    assertThat(rated.reading(3, 12, 12, Double.NaN, 10)).isNaN();
  }

  @Test
  void functionsMayBeNestedAndOneCallIsFollowedOnce() throws Exception {
    SingleDeviceFunction nested =
        new SingleDeviceFunction("rate(mean(x, 5s), 5s) + rate(mean( x,5000ms ), 5s)", "x");
    double last = 0;
    for (long at = 0; at < 200_000; at += 500) {
      last = nested.reading(at, at / 1000.0);
    }
    assertThat(last).isCloseTo(2, within(1e-3));
  }

  @Test
  void aDurationIsRefusedWhereNoneBelongsAndAskedForWhereOneDoes() {
    assertThatThrownBy(() -> new SingleDeviceFunction("x + 60s", "x"))
        .isInstanceOfSatisfying(ExpressionException.class, e -> assertThat(e.column()).isEqualTo(5))
        .hasMessageContaining("a duration outside");
    assertThatThrownBy(() -> new SingleDeviceFunction("rate(x, 60)", "x"))
        .hasMessageContaining("anything but a duration such as 60s");
    assertThatThrownBy(() -> new SingleDeviceFunction("mean(x, 0s)", "x"))
        .hasMessageContaining("anything but a duration");
    assertThatThrownBy(() -> new SingleDeviceFunction("mean(x)", "x"))
        .isInstanceOf(ExpressionException.class);
  }
}
