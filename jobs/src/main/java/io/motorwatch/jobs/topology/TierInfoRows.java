package io.motorwatch.jobs.topology;

import io.motorwatch.model.TierInfo;
import io.motorwatch.tiers.TierSettings;
import io.motorwatch.tiers.TierSettings.Tier;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Emits each minute which tiers there are, for dashboards. A tier is good for as long a range as
 * gives {@value #ROWS} rows of one device, the hot tier at one reading a second, and no longer than
 * it keeps.
 */
final class TierInfoRows implements FlatMapFunction<Long, TierInfo> {

  static final long ROWS = 10_000;

  private static final long serialVersionUID = 1L;
  private static final long MINUTE = 60_000;
  private static final long NOMINAL_HOT_INTERVAL = 1_000;

  private final TierSettings tiers;

  TierInfoRows(TierSettings tiers) {
    this.tiers = tiers;
  }

  /**
   * @param now wall clock, epoch milliseconds
   */
  @Override
  public void flatMap(Long now, Collector<TierInfo> out) {
    List<Tier> all = new ArrayList<>();
    all.add(tiers.hot());
    all.addAll(tiers.aggregated());
    long minute = Math.floorDiv(now, MINUTE) * MINUTE;
    for (int i = 0; i < all.size(); i++) {
      Tier tier = all.get(i);
      long interval = tier.everyMs() == 0 ? NOMINAL_HOT_INTERVAL : tier.everyMs();
      // The coarsest is the one that is left when no other will do.
      long span = i == all.size() - 1 ? tier.keepMs() : Math.min(tier.keepMs(), ROWS * interval);
      out.collect(new TierInfo(tier.name(), i + 1, span, minute));
    }
  }
}
