package io.motorwatch.tiers;

import java.io.Serializable;
import java.util.List;

/**
 * What a tier has beside count, sum, minimum, maximum, mean and last.
 *
 * @param stddev whether the sample standard deviation
 * @param quantiles which, each above 0 and below 1
 */
public record FurtherStatistics(boolean stddev, List<Double> quantiles) implements Serializable {

  public static final FurtherStatistics NONE = new FurtherStatistics(false, List.of());

  public FurtherStatistics {
    quantiles = List.copyOf(quantiles);
  }
}
