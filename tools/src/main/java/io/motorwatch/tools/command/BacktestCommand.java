package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.tools.backtest.Backtest;
import io.motorwatch.tools.backtest.BaselineComparison;
import io.motorwatch.tools.backtest.LabelComparison;
import io.motorwatch.tools.backtest.Labels;
import io.motorwatch.tools.replay.Delimiter;
import io.motorwatch.tools.replay.RecordedDevice;
import io.motorwatch.tools.replay.RecordingException;
import io.motorwatch.tools.replay.RecordingFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backtest}: what patterns would have raised. */
@Command(
    name = "backtest",
    description = {
      "Runs recorded history through the job's own operators and prints the alarms.",
      "With --baseline also what differs from those of another pattern file: + new, - gone, ~ otherwise.",
      "With --labels also which known episodes are missed and which alarms are in none:",
      "exit 1 if there are any."
    },
    mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {

  @Option(
      names = "--patterns",
      required = true,
      paramLabel = "FILE",
      description = "The pattern file to try.")
  Path patterns;

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Recordings, CSV with a header as replay reads it: each one device's.")
  List<Path> inputs;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "The pattern file to compare with, say the one in force.")
  @Nullable Path baseline;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Known episodes, JSON lines as simulate --truth writes them: device, pattern, onsetAt,"
              + " clearedAt; site where it is not 'default'.")
  @Nullable Path labels;

  @Option(
      names = "--site",
      paramLabel = "S",
      defaultValue = DeviceId.DEFAULT_SITE,
      description = "The devices' site; default '${DEFAULT-VALUE}'.")
  String site;

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "The device, of a single recording; default the name of its file.")
  @Nullable String device;

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
      names = "--attribute",
      paramLabel = "name=number",
      description = "Of the devices' nameplate, such as ratedCurrent=12.5; may be repeated.")
  Map<String, Double> attributes = new LinkedHashMap<>();

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

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Labels known = labels == null ? null : Labels.read(labels);
    Path inForce = patterns;
    try {
      Backtest backtest = new Backtest(history());
      Backtest.Outcome tried = backtest.run(patterns);
      PrintWriter out = spec.commandLine().getOut();
      tried.lines().forEach(out::println);
      out.println(Counted.of(tried.lines().size(), "alarm"));
      tried
          .rejected()
          .forEach(
              (reason, count) ->
                  out.println(Counted.of(count, "reading") + " rejected: " + reason));
      warnOfLate(tried.late());
      if (baseline != null) {
        inForce = baseline;
        print(tried.changeFrom(backtest.run(baseline)), out);
      }
      out.flush();
      return known == null ? 0 : print(tried.against(known), known.size(), out);
    } catch (InvalidFileException e) {
      PatternFaults.print(inForce, e, spec.commandLine().getErr());
      return 2;
    } catch (RecordingException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new ConfigException("cannot read " + inForce + " as UTF-8 text");
    }
  }

  private void warnOfLate(long late) {
    if (late > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          Counted.of(late, "reading")
              + (late == 1 ? " was" : " were")
              + " older than ones before of their device, and not evaluated: sort each file by time,"
              + " and name several files of one device in the order of their times");
      err.flush();
    }
  }

  private static void print(BaselineComparison change, PrintWriter out) {
    out.println();
    change.lines().forEach(out::println);
    out.println(
        Counted.of(change.same(), "alarm")
            + " as with the baseline, "
            + change.lines().size()
            + " otherwise");
  }

  private static int print(LabelComparison verdict, int labels, PrintWriter out) {
    out.println();
    verdict.missed().forEach(line -> out.println("missed:    " + line));
    verdict.unmatched().forEach(line -> out.println("unmatched: " + line));
    out.println(
        verdict.found()
            + " of "
            + Counted.of(labels, "label")
            + " found, "
            + Counted.of(verdict.unmatched().size(), "alarm")
            + " in no label");
    out.flush();
    return verdict.missed().isEmpty() && verdict.unmatched().isEmpty() ? 0 : 1;
  }

  private List<RecordedDevice> history() throws ConfigException {
    if (device != null && inputs.size() > 1) {
      throw new ConfigException("--device is for a single --input; else files are named by device");
    }
    List<RecordedDevice> history = new ArrayList<>();
    for (Path input : inputs) {
      history.add(RecordedDevice.of(format(input), deviceOf(input), nameplate()));
    }
    return history;
  }

  private DeviceId deviceOf(Path input) throws ConfigException {
    String name =
        device != null ? device : String.valueOf(input.getFileName()).replaceFirst("\\.[^.]*$", "");
    for (String level : new String[] {site, name}) {
      if (level.isEmpty() || level.matches(".*[/+#].*")) {
        throw new ConfigException("site and device must be topic levels, not '" + level + "'");
      }
    }
    return new DeviceId(site, name);
  }

  private String nameplate() {
    return attributes.isEmpty()
        ? ""
        : attributes.entrySet().stream()
            .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
            .collect(Collectors.joining(",", "{", "}"));
  }

  private RecordingFormat format(Path input) throws ConfigException {
    String header = header(input);
    String separator = delimiter == null ? Delimiter.of(header) : delimiter.replace("\\t", "\t");
    if (separator.isEmpty() || separator.contains("\"") || separator.contains("\n")) {
      throw new ConfigException("--delimiter must not be empty, a quote or a line's end");
    }
    try {
      String column = time == null ? firstColumn(header, separator) : time;
      return new RecordingFormat(input, separator, column, ZoneId.of(zone), fields);
    } catch (DateTimeException e) {
      throw new ConfigException("--zone: unknown zone '" + zone + "'");
    }
  }

  private static String firstColumn(String header, String separator) {
    return header.split(Pattern.quote(separator), 2)[0].trim().replaceAll("^\"|\"$", "");
  }

  private static String header(Path input) throws ConfigException {
    try (var lines = Files.lines(input)) {
      return lines.findFirst().orElse("").replace("\uFEFF", "");
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new ConfigException("--input: cannot read " + input + " as UTF-8 text");
    }
  }
}
