package io.motorwatch.sink.influx.schema;

import io.motorwatch.model.TierInfo;
import io.motorwatch.sink.influx.PointSerializer;
import io.motorwatch.sink.influx.PointWriter;
import java.util.Set;

/** Measurement {@code tier_info} in the tier it describes, so that it lives as long as the tier. */
public final class TierInfoPoints implements PointSerializer<TierInfo> {

  public static final String MEASUREMENT = "tier_info";

  private static final long serialVersionUID = 1L;

  private final Set<String> tiers;

  /**
   * @param tiers that there are, for the sink's metrics
   */
  public TierInfoPoints(Set<String> tiers) {
    this.tiers = Set.copyOf(tiers);
  }

  @Override
  public void serialize(TierInfo info, PointWriter out) {
    out.begin(info.tier(), MEASUREMENT)
        .tag("rp", info.tier())
        .field("rank", (long) info.rank())
        .field("max_span", info.maxSpanMs())
        .time(info.at());
  }

  @Override
  public Set<String> tiers() {
    return tiers;
  }
}
