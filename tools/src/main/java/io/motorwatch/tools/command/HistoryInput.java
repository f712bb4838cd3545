package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.model.Durations;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.operator.MissingInputs;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.tools.history.DeviceHistory;
import io.motorwatch.tools.history.HistoryProgress;
import io.motorwatch.tools.history.HistoryWindow;
import io.motorwatch.tools.history.InfluxArchive;
import io.motorwatch.tools.history.Nameplates;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** History that has been opened, and what is to be said of it once it has been read. */
final class HistoryInput {

  /** Of several devices the first are named. */
  private static final int NAMED = 3;

  private static final double DAY_MS = 86_400_000;
  private static final double MB = 1e6;
  private static final double GB = 1e9;

  /** How much later than asked for history may begin before that is said. */
  private static final double SLACK = 0.01;

  private static final long LEAST_SLACK_MS = 60_000;

  /**
   * Bytes of a stored number: 3 by InfluxData's guide, 6 measured on InfluxDB 1.6 with six fields
   * of noise.
   */
  private static final int LEAST_BYTES = 3;

  private static final int MOST_BYTES = 6;

  private final List<DeviceHistory> devices;
  private final HistoryWindow window;
  private final String nothing;
  private final @Nullable String keptBy;

  private HistoryInput(
      List<DeviceHistory> devices, HistoryWindow window, String nothing, @Nullable String keptBy) {
    this.devices = List.copyOf(devices);
    this.window = window;
    this.nothing = nothing;
    this.keptBy = keptBy;
  }

  /**
   * Of files.
   *
   * @param names of them all
   */
  static HistoryInput of(List<DeviceHistory> devices, HistoryWindow window, String names) {
    return new HistoryInput(
        devices,
        window,
        names
            + ": no row has both a readable time and a number"
            + (window.equals(HistoryWindow.ALL) ? "" : " within --since and --until")
            + "; nothing to run",
        null);
  }

  /**
   * Of a database.
   *
   * @throws ConfigException if none of its devices is asked for
   */
  static HistoryInput of(
      InfluxArchive archive, HistoryOptions options, Nameplates nameplates, MotorwatchConfig config)
      throws ConfigException {
    HistoryWindow span = archive.span();
    HistoryWindow window = options.window(span);
    List<DeviceHistory> devices = archive.histories(options::wants, nameplates, window);
    if (devices.isEmpty()) {
      throw new ConfigException(
          "none of the "
              + Plural.of(archive.devices().size(), "device")
              + " in "
              + archive.place()
              + " is asked for by --site and --device; there are "
              + some(archive.devices().stream().map(Object::toString).toList()));
    }
    boolean hot = options.tier.equals(config.tiers().hot().name());
    long keep = config.tiers().hot().keepMs();
    return new HistoryInput(
        devices,
        window,
        "no readings of these devices from "
            + Instant.ofEpochMilli(window.since())
            + " to "
            + Instant.ofEpochMilli(window.until())
            + " in "
            + archive.place()
            + ", which has some from "
            + Instant.ofEpochMilli(span.since())
            + " to "
            + Instant.ofEpochMilli(span.until() - 1)
            + "; nothing to run",
        options.since == null
            ? null
            : hot
                ? "tiers.hot.keep (now "
                    + (keep == Long.MAX_VALUE ? "inf" : Durations.format(keep))
                    + ")"
                : "the retention of " + options.tier);
  }

  List<DeviceHistory> devices() {
    return devices;
  }

  HistoryWindow window() {
    return window;
  }

  /** What to say where there was not a single reading. */
  String nothing() {
    return nothing;
  }

  /** Says that there is less than was asked for, and what more would cost. */
  void reportShortage(List<HistoryProgress.Device> read, PrintWriter err) {
    long first = read.stream().mapToLong(HistoryProgress.Device::first).min().orElse(0);
    double asked = (double) window.until() - window.since();
    if (keptBy == null || first - window.since() <= Math.max(LEAST_SLACK_MS, SLACK * asked)) {
      return;
    }
    double perDay = 0;
    for (HistoryProgress.Device device : read) {
      double days = Math.max(device.last() - device.first(), 1) / DAY_MS;
      perDay += device.readings() <= 1 ? 0 : device.fields().size() * device.readings() / days;
    }
    double values = perDay * asked / DAY_MS;
    err.println(
        String.format(
            Locale.ROOT,
            "history is shorter than asked: its oldest reading is of %s. To have %s, set %s to at"
                + " least that; these devices write %,.0f values a day, so it takes %s to %s"
                + " (%d bytes a value by InfluxData's sizing guide, %d as measured on noisy values)",
            Instant.ofEpochMilli(first),
            length(asked),
            keptBy,
            perDay,
            amount(values * LEAST_BYTES),
            amount(values * MOST_BYTES),
            LEAST_BYTES,
            MOST_BYTES));
    err.flush();
  }

  private static String amount(double bytes) {
    return bytes < GB
        ? String.format(Locale.ROOT, "%.0f MB", Math.ceil(bytes / MB))
        : String.format(Locale.ROOT, "%.1f GB", bytes / GB);
  }

  private static String length(double millis) {
    return millis >= DAY_MS
        ? (long) Math.ceil(millis / DAY_MS) + "d"
        : (long) Math.ceil(millis / 3_600_000) + "h";
  }

  /** Says which patterns could not be evaluated for which devices, and what they lack. */
  void reportMissing(String patternFile, List<HistoryProgress.Device> read, PrintWriter err)
      throws InvalidFileException {
    Map<Map<String, Set<String>>, List<String>> groups = new LinkedHashMap<>();
    MissingInputs inputs = new MissingInputs(PatternFileParser.parse(patternFile));
    for (HistoryProgress.Device device : read) {
      DeviceHistory history =
          devices.stream()
              .filter(each -> each.device().equals(device.device()))
              .findFirst()
              .orElseThrow();
      groups
          .computeIfAbsent(inputs.of(history.attributes(), device.fields()), m -> new ArrayList<>())
          .add(device.device().path());
    }
    groups.forEach(
        (missing, names) ->
            missing.forEach(
                (name, patterns) ->
                    err.println(
                        some(names)
                            + ": no "
                            + name
                            + " among the fields or on the nameplate (--attributes); not evaluated: "
                            + String.join(", ", patterns))));
    err.flush();
  }

  /** The first few of some names, and how many more there are. */
  private static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
  }
}
