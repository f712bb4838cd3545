package io.motorwatch.jobs.config;

import io.motorwatch.model.Durations;
import io.motorwatch.tiers.FurtherStatistics;
import io.motorwatch.tiers.TierSettings;
import io.motorwatch.tiers.TierSettings.Tier;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads and checks the section {@code tiers}. */
final class TiersSection {

  private static final long DAY = 86_400_000;

  /** Offsets before this are no concern: no device was measured in local mean time. */
  private static final Instant MODERN = Instant.parse("2000-01-01T00:00:00Z");

  private final ConfigValues values;

  TiersSection(ConfigValues values) {
    this.values = values;
  }

  TierSettings read() throws ConfigException {
    Tier hot = new Tier("hot", 0, keep("hot", "24h"));
    List<Tier> aggregated =
        List.of(
            tier("warm", 60_000, "30d"),
            tier("cold", 900_000, "365d"),
            tier("archive", DAY, "inf"));
    checkLengths(aggregated);
    ZoneId zone = zone();
    checkZone(aggregated, zone);
    // Contract: five years.
    Tier events = new Tier("events", 0, keep("events", "1825d"));
    return new TierSettings(
        hot,
        aggregated,
        events,
        values.millis("tiers.late", 3_600_000, 0),
        zone,
        values.millis("tiers.spread", 5_000, 0));
  }

  private void checkLengths(List<Tier> tiers) throws ConfigException {
    for (int i = 1; i < tiers.size(); i++) {
      Tier finer = tiers.get(i - 1);
      Tier coarser = tiers.get(i);
      if (coarser.everyMs() % finer.everyMs() != 0 || coarser.everyMs() == finer.everyMs()) {
        throw values.fault(
            "tiers." + coarser.name() + ".every",
            Durations.format(coarser.everyMs())
                + " must be a multiple of tiers."
                + finer.name()
                + ".every, "
                + Durations.format(finer.everyMs()));
      }
    }
  }

  private Tier tier(String name, long everyMs, String keep) throws ConfigException {
    String key = "tiers." + name;
    FurtherStatistics further =
        new FurtherStatistics(values.flag(key + ".stddev", false), quantiles(key + ".quantiles"));
    return new Tier(name, values.millis(key + ".every", everyMs, 1000), keep(name, keep), further);
  }

  private List<Double> quantiles(String key) throws ConfigException {
    List<Double> quantiles = new ArrayList<>();
    for (String text : values.listed(key)) {
      double quantile;
      try {
        quantile = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw values.fault(
            key, "must be a list of numbers such as [0.5, 0.95], not '" + text + "'");
      }
      // Not so that NaN would pass.
      if (!(quantile >= 0.0001 && quantile <= 0.9999)) {
        throw values.fault(key, "a quantile must be from 0.0001 to 0.9999, not " + text);
      }
      if (quantiles.contains(quantile)) {
        throw values.fault(key, text + " is there twice");
      }
      quantiles.add(quantile);
    }
    return quantiles;
  }

  private long keep(String tier, String fallback) throws ConfigException {
    String key = "tiers." + tier + ".keep";
    String text = values.text(key, fallback);
    if (text.equals("inf")) {
      return TierSettings.INDEFINITELY;
    }
    OptionalLong millis = Durations.parseMillis(text);
    // InfluxDB keeps nothing for less than an hour.
    if (millis.isEmpty() || millis.getAsLong() < 3_600_000) {
      throw values.fault(key, "must be a duration of at least 1h, or inf, not '" + text + "'");
    }
    return millis.getAsLong();
  }

  private ZoneId zone() throws ConfigException {
    String text = values.text("tiers.time-zone", "UTC");
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw values.fault(
          "tiers.time-zone",
          "must be a time zone such as UTC or Europe/Berlin, not '" + text + "'");
    }
  }

  /** A window that begins before midnight and ends after it belongs to no day. */
  private void checkZone(List<Tier> tiers, ZoneId zone) throws ConfigException {
    for (Tier tier : tiers) {
      if (tier.everyMs() % DAY == 0) {
        continue;
      }
      boolean dayAbove = tiers.stream().anyMatch(above -> above.everyMs() % DAY == 0);
      for (ZoneOffset offset : (Iterable<ZoneOffset>) offsets(zone.getRules())::iterator) {
        if (dayAbove && Math.floorMod(offset.getTotalSeconds() * 1000L, tier.everyMs()) != 0) {
          throw values.fault(
              "tiers.time-zone",
              "midnight of "
                  + zone
                  + " (UTC"
                  + offset
                  + ") lies within a window of tiers."
                  + tier.name()
                  + ": choose a tiers."
                  + tier.name()
                  + ".every that divides the offset");
        }
      }
    }
  }

  private static Stream<ZoneOffset> offsets(ZoneRules rules) {
    return Stream.of(
            Stream.of(rules.getOffset(MODERN)),
            rules.getTransitions().stream()
                .filter(transition -> transition.getInstant().isAfter(MODERN))
                .map(ZoneOffsetTransition::getOffsetAfter),
            rules.getTransitionRules().stream().map(ZoneOffsetTransitionRule::getOffsetAfter))
        .flatMap(offsets -> offsets)
        .distinct();
  }
}
