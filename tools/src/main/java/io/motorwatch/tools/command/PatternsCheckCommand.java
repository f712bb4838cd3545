package io.motorwatch.tools.command;

import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patterns check}: says what is wrong with a pattern file, all of it, with its place. */
@Command(
    name = "check",
    description = "Checks a pattern file: exit 0, or 2 with line, column and reason of each fault.",
    mixinStandardHelpOptions = true)
final class PatternsCheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE")
  Path file;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try {
      PatternSet set = PatternFileParser.parse(Files.readString(file));
      String names =
          set.patterns().stream().map(PatternDefinition::id).collect(Collectors.joining(", "));
      spec.commandLine()
          .getOut()
          .println(
              file
                  + ": version "
                  + set.version()
                  + ", "
                  + set.patterns().size()
                  + " patterns: "
                  + names);
      printCommands(set);
      return 0;
    } catch (InvalidFileException e) {
      PatternFaults.print(file, e, spec.commandLine().getErr());
      return 2;
    } catch (CharacterCodingException e) {
      spec.commandLine().getErr().println("motorwatch: " + file + " is not UTF-8 text");
      return 2;
    } catch (IOException e) {
      spec.commandLine().getErr().println("motorwatch: cannot read " + file);
      return 2;
    }
  }

  /** Whether they are enabled is the job's own matter, which no pattern file says. */
  private void printCommands(PatternSet set) {
    if (!set.withCommand().isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "motorwatch: the command of these patterns is sent only where commands.enabled is true: "
                  + String.join(", ", set.withCommand()));
    }
  }
}
