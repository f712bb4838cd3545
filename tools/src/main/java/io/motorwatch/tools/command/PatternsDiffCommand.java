package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.tools.patterndiff.PatternDiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patterns diff}: what a changed pattern file means. */
@Command(
    name = "diff",
    description = {
      "Says in words what differs between two pattern files and what that means for alarms.",
      "Exit 0 whether or not anything differs, 2 with line, column and reason of each fault."
    },
    mixinStandardHelpOptions = true)
final class PatternsDiffCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "OLD", description = "The file in force.")
  Path old;

  @Parameters(index = "1", paramLabel = "NEW", description = "The changed file.")
  Path changed;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path reading = old;
    try {
      PatternSet before = parse(old);
      reading = changed;
      List<String> lines = PatternDiff.of(before, parse(changed));
      PrintWriter out = spec.commandLine().getOut();
      lines.forEach(out::println);
      if (lines.isEmpty()) {
        out.println("no difference that means anything for alarms");
      }
      out.flush();
      return 0;
    } catch (InvalidFileException e) {
      PatternFaults.print(reading, e, spec.commandLine().getErr());
      return 2;
    }
  }

  private static PatternSet parse(Path file) throws ConfigException, InvalidFileException {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException("cannot read " + file + " as UTF-8 text");
    }
    return PatternFileParser.parse(text);
  }
}
