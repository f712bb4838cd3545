package io.motorwatch.tools.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code patterns}: what can be done with a pattern file. */
@Command(
    name = "patterns",
    description = "Works on pattern files.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PatternsCheckCommand.class,
      PatternsTestCommand.class,
      PatternsDiffCommand.class,
      PatternsExplainCommand.class,
      PatternsNewTestCommand.class,
      PatternsPublishCommand.class,
      PatternsHealthCommand.class
    })
final class PatternsCommand implements Runnable {

  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "a command is missing: patterns check FILE, patterns test FILE, patterns diff OLD NEW, patterns"
            + " explain, patterns new-test, patterns publish FILE or patterns health");
  }
}
