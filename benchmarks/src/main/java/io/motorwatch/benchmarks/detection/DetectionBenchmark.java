package io.motorwatch.benchmarks.detection;

import io.motorwatch.benchmarks.Benchmark;
import io.motorwatch.benchmarks.Result;
import io.motorwatch.patterns.definition.PatternFileParser;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What patterns find in labelled public recordings, and how often they are wrong: for each set a
 * line for an alarm that is always on, the floor, and one for each pattern of its file.
 */
@Command
public final class DetectionBenchmark implements Benchmark {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description =
          "Has a folder for each set: skab, ur3, hrss, nab; docs/detection.md says where they come"
              + " from. A set without its folder is skipped. Default ${DEFAULT-VALUE}.")
  Path data = Path.of("data");

  private static List<LabelledSet> sets() {
    return List.of(
        RecordingFiles.skab(),
        RecordingFiles.skabNormal(),
        RecordingFiles.ur3(),
        Hrss.set(),
        Nab.set());
  }

  @Override
  public void run(PrintStream out) throws Exception {
    for (LabelledSet set : sets()) {
      Path folder = data.resolve(set.folder());
      List<LabelledRows> recordings =
          Files.isDirectory(folder) ? set.recordings(folder) : List.of();
      if (recordings.isEmpty()) {
        System.err.println(
            "motorwatch: detection: " + set.name() + " skipped: no recordings of it in " + folder);
      } else {
        measure(set, recordings, out);
      }
    }
  }

  private static void measure(LabelledSet set, List<LabelledRows> recordings, PrintStream out)
      throws Exception {
    PatternRun run = patterns(set);
    Map<String, DetectionScore> scores = new LinkedHashMap<>();
    scores.put("always-on", new DetectionScore());
    run.patterns().forEach(pattern -> scores.put(pattern, new DetectionScore()));
    for (LabelledRows recording : recordings) {
      boolean[] always = new boolean[recording.all().size()];
      Arrays.fill(always, true);
      scores.get("always-on").add(recording.all(), always);
      run.run(recording).forEach((pattern, open) -> scores.get(pattern).add(recording.all(), open));
    }
    scores.forEach((variant, score) -> out.println(line(set, variant, score)));
  }

  private static PatternRun patterns(LabelledSet set) throws Exception {
    Path file =
        Path.of(
            System.getProperty("motorwatch.home", "."),
            "conf",
            "detection",
            set.folder() + ".yaml");
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": is not there: the patterns of " + set.name());
    }
    String text = Files.readString(file);
    return new PatternRun(PatternFileParser.parse(text), text);
  }

  private static Result line(LabelledSet set, String variant, DetectionScore score) {
    String how =
        variant.equals("always-on")
            ? "an alarm that is always on: the floor"
            : "pattern " + variant + " of conf/detection/" + set.folder() + ".yaml";
    return new Result("detection", set.name(), variant)
        .with("f1", score.f1())
        .with("falseAlarmRate", score.falseAlarmRate())
        .with("missedAlarmRate", score.missedAlarmRate())
        .with("episodes", score.episodes())
        .with("found", score.found())
        .with("medianDelaySeconds", score.medianDelaySeconds())
        .with("falseAlarmsPerHour", score.falseAlarmsPerHour())
        .with("files", score.files())
        .withText("method", how + "; " + set.method());
  }
}
