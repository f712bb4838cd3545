package io.motorwatch.jobs.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.demo.DemoCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The launcher's commands. Exit 0 success, 1 failed, 2 wrong usage or config. */
@Command(
    name = "motorwatch",
    description = "Motor telemetry over MQTT, overloads and stalls, tiers in InfluxDB.",
    mixinStandardHelpOptions = true,
    version = "motorwatch 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The launcher script itself runs two more: test, all tests, and bench, the benchmarks.",
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      SubmitCommand.class,
      PatternsCommand.class,
      SimulateCommand.class,
      ReplayCommand.class,
      BacktestCommand.class,
    })
public final class Motorwatch implements Runnable {

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
        .execute(arguments);
  }

  private int explain(Exception failure, PrintWriter err) {
    err.println("motorwatch: " + message(failure));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return failure instanceof ConfigException ? 2 : 1;
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
