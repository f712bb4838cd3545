package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.tools.backtest.Backtest;
import io.motorwatch.tools.backtest.BaselineComparison;
import io.motorwatch.tools.backtest.LabelComparison;
import io.motorwatch.tools.backtest.Labels;
import io.motorwatch.tools.history.HistoryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      paramLabel = "FILE",
      description = "The pattern file to try; default that of --config.")
  @Nullable Path patterns;

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

  @Mixin final HistoryOptions history = new HistoryOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    Labels known = labels == null ? null : Labels.read(labels);
    Path tryOut = history.patterns(patterns);
    Path inForce = tryOut;
    try {
      String text = read(tryOut);
      PatternFileParser.parse(text);
      HistoryInput input = history.open(err);
      Backtest backtest = new Backtest(input.devices(), history::config, Terminal::progress);
      Backtest.Outcome tried = backtest.run(tryOut);
      if (tried.devices().isEmpty()) {
        throw new ConfigException(input.nothing());
      }
      PrintWriter out = spec.commandLine().getOut();
      tried.lines().forEach(out::println);
      out.println(Plural.of(tried.lines().size(), "alarm"));
      tried
          .rejected()
          .forEach(
              (reason, count) -> out.println(Plural.of(count, "reading") + " rejected: " + reason));
      warnOfLate(tried.late());
      input.reportMissing(text, tried.devices(), err);
      input.reportShortage(tried.devices(), err);
      if (baseline != null) {
        inForce = baseline;
        read(baseline);
        print(tried.changeFrom(backtest.run(baseline)), out);
      }
      out.flush();
      return known == null ? 0 : print(tried.against(known), known.size(), out);
    } catch (InvalidFileException e) {
      PatternFaults.print(inForce, e, err);
      return 2;
    } catch (HistoryException e) {
      if (e.kind() == HistoryException.Kind.WRONG_INPUT) {
        throw new ConfigException(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private static String read(Path patterns) throws ConfigException {
    try {
      return Files.readString(patterns);
    } catch (IOException e) {
      throw new ConfigException("cannot read " + patterns + " as UTF-8 text");
    }
  }

  private void warnOfLate(long late) {
    if (late > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          Plural.of(late, "reading")
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
        Plural.of(change.same(), "alarm")
            + " as with the baseline, "
            + change.lines().size()
            + " otherwise");
  }

  private static int print(LabelComparison verdict, int labels, PrintWriter out) {
    out.println();
    verdict.missed().forEach(line -> out.println("missed:    " + line));
    verdict.unmatched().forEach(line -> out.println("unfounded: " + line));
    out.println(
        verdict.found()
            + " of "
            + Plural.of(labels, "label")
            + " found, "
            + Plural.of(verdict.unmatched().size(), "alarm")
            + " in no label");
    out.flush();
    return verdict.missed().isEmpty() && verdict.unmatched().isEmpty() ? 0 : 1;
  }
}
