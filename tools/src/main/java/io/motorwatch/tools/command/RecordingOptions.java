package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.DeviceId;
import io.motorwatch.tools.history.CsvHistory;
import io.motorwatch.tools.history.DeviceHistory;
import io.motorwatch.tools.history.HistoryException;
import io.motorwatch.tools.history.HistoryWindow;
import io.motorwatch.tools.history.Nameplates;
import io.motorwatch.tools.history.WindowedHistory;
import io.motorwatch.tools.replay.Delimiter;
import io.motorwatch.tools.replay.RecordingFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of history in CSV files. */
final class RecordingOptions {

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Recordings, CSV with a header as replay reads it: each one device's.")
  List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "The column of the time; default the first.")
  @Nullable String time;

  @Option(
      names = "--map",
      paramLabel = "column=field",
      description = "A column to use, and as which field; may be repeated. Default as replay's.")
  Map<String, String> fields = new LinkedHashMap<>();

  @Option(
      names = "--delimiter",
      paramLabel = "TEXT",
      description =
          "Between two columns; \\t for a tabulator. Default: what the header has most of, of ; , |"
              + " and tabulator.")
  @Nullable String delimiter;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Of times that name none; default ${DEFAULT-VALUE}.")
  String zone;

  /** The zone of times that name none. */
  ZoneId zone() throws ConfigException {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new ConfigException("--zone: unknown zone '" + zone + "'");
    }
  }

  HistoryInput open(HistoryOptions options, Nameplates nameplates) throws ConfigException {
    if (!options.devices.isEmpty() && (inputs.size() > 1 || options.devices.size() > 1)) {
      throw new ConfigException("--device is for a single --input; else files are named by device");
    }
    if (options.sites.size() > 1) {
      throw new ConfigException("--site: recordings are of one site");
    }
    String site = options.sites.isEmpty() ? DeviceId.DEFAULT_SITE : options.sites.get(0);
    @Nullable String named = options.devices.isEmpty() ? null : options.devices.get(0);
    Map<DeviceId, List<RecordingFormat>> files = new LinkedHashMap<>();
    for (Path input : inputs) {
      files.computeIfAbsent(device(site, named, input), d -> new ArrayList<>()).add(format(input));
    }
    HistoryWindow window = options.window(HistoryWindow.ALL);
    List<DeviceHistory> histories = new ArrayList<>();
    for (Map.Entry<DeviceId, List<RecordingFormat>> entry : files.entrySet()) {
      histories.add(history(entry.getKey(), nameplates, entry.getValue(), window));
    }
    return HistoryInput.of(histories, window, names());
  }

  private static DeviceHistory history(
      DeviceId device, Nameplates nameplates, List<RecordingFormat> files, HistoryWindow window)
      throws ConfigException {
    try {
      DeviceHistory all = CsvHistory.of(device, nameplates.of(device), files);
      return window.equals(HistoryWindow.ALL) ? all : new WindowedHistory(all, window);
    } catch (HistoryException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private String names() {
    return inputs.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static DeviceId device(String site, @Nullable String named, Path input)
      throws ConfigException {
    String name =
        named != null ? named : String.valueOf(input.getFileName()).replaceFirst("\\.[^.]*$", "");
    for (String level : new String[] {site, name}) {
      if (level.isEmpty() || level.matches(".*[/+#].*")) {
        throw new ConfigException("site and device must be topic levels, not '" + level + "'");
      }
    }
    return new DeviceId(site, name);
  }

  private RecordingFormat format(Path input) throws ConfigException {
    String header = header(input);
    String separator = delimiter == null ? Delimiter.of(header) : delimiter.replace("\\t", "\t");
    if (separator.isEmpty() || separator.contains("\"") || separator.contains("\n")) {
      throw new ConfigException("--delimiter must not be empty, a quote or a line's end");
    }
    String column = time == null ? firstColumn(header, separator) : time;
    return new RecordingFormat(input, separator, column, zone(), fields);
  }

  private static String firstColumn(String header, String separator) {
    return header.split(Pattern.quote(separator), 2)[0].trim().replaceAll("^\"|\"$", "");
  }

  private static String header(Path input) throws ConfigException {
    try (BufferedReader lines = Files.newBufferedReader(input)) {
      String first = lines.readLine();
      return first == null ? "" : first.replace("\uFEFF", "");
    } catch (IOException | UncheckedIOException e) {
      throw new ConfigException("--input: cannot read " + input + " as UTF-8 text");
    }
  }
}
