package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.tools.backtest.Backtest;
import io.motorwatch.tools.explain.ObservedHistory;
import io.motorwatch.tools.history.AlarmReference;
import io.motorwatch.tools.history.DeviceHistory;
import io.motorwatch.tools.history.HistoryException;
import io.motorwatch.tools.history.HistoryWindow;
import io.motorwatch.tools.patterntest.TestFromHistory;
import io.motorwatch.tools.patterntest.TestFromHistory.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patterns new-test}: a test of an alarm of the past. */
@Command(
    name = "new-test",
    description = {
      "Writes a test for patterns test from history: the readings around an alarm, as few as raise it,",
      "and the alarm as it must come, or, with --false, that none must come.",
      "Prints an entry for a test file's tests."
    },
    mixinStandardHelpOptions = true)
final class PatternsNewTestCommand implements Callable<Integer> {

  /** How long before the onset a test begins, tried one after the other; milliseconds. */
  private static final long[] LEADS = {30_000, 300_000, 3_600_000, 86_400_000};

  /** Some readings behind the end show that it is one. */
  private static final long TAIL_MS = 10_000;

  /** A test of an alarm that did not end shows it for so long. */
  private static final long OPEN_MS = 60_000;

  @Option(
      names = "--patterns",
      paramLabel = "FILE",
      description = "The pattern file that raises it; default that of --config.")
  @Nullable Path patterns;

  @Option(names = "--alarm", required = true, paramLabel = "ID", description = "Its alarmId.")
  String alarm;

  @Option(names = "--false", description = "It should not have come.")
  boolean falseAlarm;

  @Mixin final HistoryOptions history = new HistoryOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path file = history.patterns(patterns);
    PrintWriter err = spec.commandLine().getErr();
    try {
      String text = Files.readString(file);
      PatternFileParser.parse(text);
      AlarmReference found = AlarmSearch.find(history, alarm, file, err);
      DeviceHistory device = AlarmSearch.device(history.open(err), found);
      Backtest.Outcome outcome =
          new Backtest(List.of(device), history::config, Terminal::progress).run(file);
      Backtest.Episode episode =
          outcome
              .episode(alarm)
              .orElseThrow(
                  () ->
                      new ConfigException(
                          file + " does not raise alarm " + alarm + " on this history"));
      spec.commandLine().getOut().print(test(text, file, device, found, episode));
      spec.commandLine().getOut().flush();
      return 0;
    } catch (InvalidFileException e) {
      PatternFaults.print(file, e, err);
      return 2;
    } catch (HistoryException e) {
      if (e.kind() == HistoryException.Kind.WRONG_INPUT) {
        throw new ConfigException(String.valueOf(e.getMessage()));
      }
      throw e;
    } catch (IOException e) {
      throw new ConfigException("cannot read " + file + " as UTF-8 text");
    }
  }

  private String test(
      String text, Path file, DeviceHistory device, AlarmReference found, Backtest.Episode episode)
      throws Exception {
    String name =
        (falseAlarm ? "no " : "")
            + found.pattern()
            + " of "
            + device.device()
            + " at "
            + Instant.ofEpochMilli(episode.raisedAt());
    TestFromHistory writer = new TestFromHistory(text, found.pattern(), name);
    long end = episode.open() ? episode.raisedAt() + OPEN_MS : episode.clearedAt() + TAIL_MS;
    for (long lead : LEADS) {
      List<TimelineReading> readings =
          new ObservedHistory(history.config(file), text)
              .readings(device, new HistoryWindow(episode.onsetAt() - lead, end));
      Optional<String> test =
          writer.write(
              readings,
              episode.onsetAt(),
              episode.raisedAt(),
              falseAlarm ? Verdict.FALSE_ALARM : Verdict.RIGHT);
      if (test.isPresent()) {
        return test.get();
      }
    }
    throw new ConfigException(
        "the readings of a day before alarm "
            + alarm
            + " do not raise it on the grid of a test: it depends on more");
  }
}
