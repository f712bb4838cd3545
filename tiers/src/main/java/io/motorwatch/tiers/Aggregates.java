package io.motorwatch.tiers;

import com.datadoghq.sketch.ddsketch.DDSketch;
import io.motorwatch.model.Aggregate;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldStatistics;
import io.motorwatch.model.FieldStatistics.Further;
import io.motorwatch.tiers.TierSettings.Tier;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is written of a tier's windows. */
final class Aggregates implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String tier;
  private final FurtherStatistics wanted;
  private final List<String> quantileSuffixes;

  Aggregates(Tier tier) {
    this.tier = tier.name();
    this.wanted = tier.further();
    this.quantileSuffixes = wanted.quantiles().stream().map(Aggregates::suffix).toList();
  }

  /** {@code _p95} of 0.95, {@code _p999} of 0.999, {@code _p05} of 0.05. */
  static String suffix(double quantile) {
    String decimals = BigDecimal.valueOf(quantile).stripTrailingZeros().toPlainString();
    String digits = decimals.substring(decimals.indexOf('.') + 1);
    return "_p" + (digits.length() < 2 ? digits + "0" : digits);
  }

  /** The window as it is now. */
  Aggregate of(WindowStatistics window, DeviceId device) {
    Map<String, FieldStatistics> fields = new LinkedHashMap<>();
    for (int i = 0; i < window.layout().size(); i++) {
      fields.put(
          window.layout().name(i),
          new FieldStatistics(
              window.count(i),
              window.sum(i),
              window.min(i),
              window.max(i),
              window.last(i),
              window.lastAt(i),
              further(window, i)));
    }
    return new Aggregate(device, tier, window.start(), fields);
  }

  private List<Further> further(WindowStatistics window, int slot) {
    FurtherSums sums = window.further();
    double increase = sums.increase(slot);
    if (wanted.equals(FurtherStatistics.NONE) && Double.isNaN(increase)) {
      return List.of();
    }
    List<Further> further = new ArrayList<>();
    if (!Double.isNaN(increase)) {
      further.add(new Further("_increase", increase));
    }
    // Of the sample, as InfluxQL's own STDDEV: of a single reading there is none.
    double deviations = sums.deviations(slot);
    if (wanted.stddev() && window.count(slot) > 1 && !Double.isNaN(deviations)) {
      double variance = Math.max(0, deviations) / (window.count(slot) - 1);
      further.add(new Further("_stddev", Math.sqrt(variance)));
    }
    DDSketch sketch = sums.sketch(slot);
    for (int i = 0; sketch != null && i < quantileSuffixes.size(); i++) {
      double value = sketch.getValueAtQuantile(wanted.quantiles().get(i));
      // A sketch may be out by its accuracy, but no quantile is beyond the extremes.
      double within = Math.max(window.min(slot), Math.min(window.max(slot), value));
      further.add(new Further(quantileSuffixes.get(i), within));
    }
    return further;
  }
}
