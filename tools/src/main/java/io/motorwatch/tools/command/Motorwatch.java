package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.patterns.yaml.Suggestion;
import io.motorwatch.tools.demo.DemoCommand;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The launcher's commands. Exit 0 success, 1 failed, 2 wrong usage or config. */
@Command(
    name = "motorwatch",
    description = "Motor telemetry over MQTT, overloads and stalls, tiers in InfluxDB.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The launcher script itself runs two more: test, all tests, and bench, the benchmarks.",
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      SubmitCommand.class,
      StopCommand.class,
      PatternsCommand.class,
      SimulateCommand.class,
      ReplayCommand.class,
      BacktestCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class Motorwatch implements Runnable {

  /** Run by the launcher script itself. */
  private static final List<String> LAUNCHERS_OWN = List.of("test", "bench");

  @Option(
      names = "--verbose",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show stack traces and the log.")
  boolean verbose;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs a command as the launcher does; the exit status. */
  public static int execute(String... arguments) {
    Motorwatch root = new Motorwatch();
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> root.explain(failure, command.getErr()))
        .setParameterExceptionHandler(Motorwatch::misused)
        .execute(arguments);
  }

  /** In two lines: the whole usage would hide them. */
  private static int misused(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("motorwatch: " + why(failure, arguments));
    err.println("For help: ./" + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return 2;
  }

  private static String why(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    if (failure instanceof CommandLine.MissingParameterException) {
      // What is missing may be there under a misspelt name.
      List<String> options = options(command);
      for (String argument : arguments) {
        String name = argument.replaceFirst("=.*", "");
        if (name.startsWith("--") && !options.contains(name)) {
          return "there is no option " + name + Suggestion.among(options, name);
        }
      }
    }
    if (failure instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      if (word.startsWith("-")) {
        return "there is no option " + word + Suggestion.among(options(command), word);
      }
      if (!command.getSubcommands().isEmpty()) {
        List<String> commands = new ArrayList<>(command.getSubcommands().keySet());
        if (command.getParent() == null) {
          commands.addAll(LAUNCHERS_OWN);
        }
        return "there is no command '" + word + "'" + Suggestion.among(commands, word);
      }
    }
    return String.valueOf(failure.getMessage());
  }

  private int explain(Exception failure, PrintWriter err) {
    err.println("motorwatch: " + message(failure));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return failure instanceof ConfigException ? 2 : 1;
  }

  private static List<String> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .flatMap(option -> Stream.of(option.names()))
        .toList();
  }

  /** The message of the innermost cause that has one: the outer ones only say that it failed. */
  static String message(Throwable failure) {
    String message = failure.toString();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        message = cause.getMessage();
      }
    }
    return message;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a command is missing; for all of them: motorwatch --help");
  }
}
