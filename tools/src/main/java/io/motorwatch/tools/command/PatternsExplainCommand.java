package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.explain.Explanation;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.Suggestion;
import io.motorwatch.tools.explain.ExplanationJson;
import io.motorwatch.tools.explain.ExplanationText;
import io.motorwatch.tools.explain.ObservedHistory;
import io.motorwatch.tools.history.AlarmReference;
import io.motorwatch.tools.history.DeviceHistory;
import io.motorwatch.tools.history.HistoryException;
import io.motorwatch.tools.history.StoredAlarms;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patterns explain}: why a pattern raised an alarm, or did not. */
@Command(
    name = "explain",
    description = {
      "Says what a pattern's evaluation had come to for a device at one time: each step, its signals with",
      "value, level and since when, and what broke a step and by how much. Runs history through the job's",
      "own timeline and evaluators, from its beginning, or --since, to that time."
    },
    mixinStandardHelpOptions = true)
final class PatternsExplainCommand implements Callable<Integer> {

  /** Of whichever device the history is. */
  private static final DeviceId ANY = new DeviceId("any", "any");

  @Option(
      names = "--patterns",
      paramLabel = "FILE",
      description = "The pattern file; default that of --config.")
  @Nullable Path patterns;

  @Option(
      names = "--alarm",
      paramLabel = "ID",
      description = "An alarm by its alarmId: its device, pattern and the time it was raised.")
  @Nullable String alarm;

  @Option(names = "--pattern", paramLabel = "P", description = "The pattern, with --device.")
  @Nullable String pattern;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "The time, written as --since; default the end of the history.")
  @Nullable String at;

  @Option(
      names = "--why-not",
      description = "Also show which attempt came nearest, and the last sequences given up.")
  boolean whyNot;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin final HistoryOptions history = new HistoryOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path file = history.patterns(patterns);
    try {
      String text = Files.readString(file);
      PatternSet set = PatternFileParser.parse(text);
      PrintWriter err = spec.commandLine().getErr();
      AlarmReference asked = asked(file, err);
      requirePattern(set, asked.pattern(), file);
      HistoryInput input = history.open(err);
      DeviceHistory device = one(input, asked);
      Explanation explanation =
          new ObservedHistory(history.config(file), text)
              .explain(device, asked.pattern(), asked.raisedAt());
      print(explanation);
      return 0;
    } catch (InvalidFileException e) {
      PatternFaults.print(file, e, spec.commandLine().getErr());
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

  /** What is to be explained; its time is {@link Long#MAX_VALUE} for the end of history. */
  private AlarmReference asked(Path file, PrintWriter err) throws Exception {
    if (alarm != null) {
      if (pattern != null || at != null) {
        throw new ConfigException(
            "--alarm says already which pattern and time: leave out the others");
      }
      return AlarmSearch.find(history, alarm, file, err);
    }
    if (pattern == null) {
      throw new ConfigException(
          "what to explain is missing: --alarm ID, or --device D --pattern P --at TIME");
    }
    long time =
        at == null
            ? Long.MAX_VALUE
            : new TimeOption(history.recordings.zone(), Clock.systemUTC()).parse("--at", at);
    // Which device follows from what is opened.
    return new AlarmReference(ANY, pattern, time);
  }

  private static void requirePattern(PatternSet set, String id, Path file) throws ConfigException {
    List<String> ids = set.patterns().stream().map(PatternDefinition::id).toList();
    if (!ids.contains(id)) {
      throw new ConfigException(file + " has no pattern '" + id + "'" + Suggestion.among(ids, id));
    }
  }

  private DeviceHistory one(HistoryInput input, AlarmReference asked) throws ConfigException {
    if (alarm != null) {
      return AlarmSearch.device(input, asked);
    }
    List<DeviceHistory> fitting = input.devices();
    if (fitting.size() != 1) {
      throw new ConfigException(
          "one device can be explained, and this history has "
              + fitting.size()
              + " that fit: name it by --device"
              + (history.from == null ? " or give its file alone" : " site/device"));
    }
    return fitting.get(0);
  }

  private void print(Explanation explanation) throws ConfigException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ExplanationJson.of(explanation));
    } else {
      ExplanationText.of(explanation, whyNot).forEach(out::println);
      if (history.from != null) {
        new StoredAlarms(ConnectedOutputs.connection(history.loaded().influx()))
            .shelvedSince(explanation.device(), explanation.pattern(), explanation.at())
            .ifPresent(
                since ->
                    out.println(
                        "shelved since "
                            + Instant.ofEpochMilli(since)
                            + ": its alarms are not reported meanwhile"));
      }
    }
    out.flush();
  }
}
