package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.startup.Preparation;
import io.motorwatch.jobs.topology.ConfiguredJob;
import io.motorwatch.tools.cluster.EmbeddedJob;
import io.motorwatch.tools.cluster.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the job in the foreground, until a signal. */
@Command(
    name = "run",
    description = "Runs the job in the foreground on an embedded Flink cluster.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  @Mixin ConfigOptions config;

  @Mixin ParallelismOption parallelism;

  @Option(
      names = "--fresh",
      description = "Start without state, also where checkpoint.dir holds some to go on from.")
  boolean fresh;

  @Option(
      names = "--no-state",
      description =
          "Keep no state on disk: what is under way is lost whenever the process ends. For trying"
              + " out.")
  boolean noState;

  @Spec CommandSpec spec;

  private final AtomicReference<@Nullable EmbeddedJob> running = new AtomicReference<>();
  private final AtomicReference<@Nullable StateFolder> state = new AtomicReference<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    Thread onSignal = new Thread(() -> stop(err), "stop-with-savepoint");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      runUntilStopped(err);
      return 0;
    } finally {
      if (stopping.get()) {
        // The hook ends the process once the savepoint is complete.
        onSignal.join();
      } else {
        Runtime.getRuntime().removeShutdownHook(onSignal);
        cleanUp(err);
      }
    }
  }

  private void runUntilStopped(PrintWriter err) throws Exception {
    int subtasks = parallelism.checked();
    MotorwatchConfig loaded = withState(config.load(), err);
    PrintWriter out = spec.commandLine().getOut();
    Preparation.run(
        loaded,
        Duration.ofSeconds(config.connectTimeoutSeconds),
        line -> err.println("motorwatch: " + line));
    EmbeddedJob job = EmbeddedJob.start(loaded, subtasks, !fresh);
    running.set(job);
    err.println(
        "motorwatch: "
            + job.resumed()
                .map(from -> "resuming from " + from)
                .orElse("starting without earlier state"));
    err.println("motorwatch: " + ConfiguredJob.acknowledgement(loaded, null));
    Consumer<String> failures = failure -> err.println("motorwatch: " + failure);
    if (job.awaitReady(failures)) {
      Path dir = loaded.checkpoint().dir();
      out.println(
          "READY, web UI at "
              + job.webUi()
              + (dir == null ? ", no state kept" : ", state in " + dir));
      out.flush();
    }
    try {
      job.await(failures);
    } catch (ExecutionException e) {
      if (!stopping.get()) {
        throw e;
      }
    }
  }

  private MotorwatchConfig withState(MotorwatchConfig loaded, PrintWriter err)
      throws ConfigException {
    if (noState) {
      err.println(
          "motorwatch: WARNING: --no-state: whenever this process ends, open windows, alarms in"
              + " progress and messages already acknowledged are lost");
      return loaded.with(loaded.checkpoint().inMemory());
    }
    MotorwatchConfig stateful = loaded.with(loaded.checkpoint().withFolder());
    StateFolder folder =
        StateFolder.open(
            Objects.requireNonNull(stateful.checkpoint().dir()), stateful.mqtt().clientIdPrefix());
    state.set(folder);
    prune(folder, err);
    return stateful;
  }

  /** What is on disk only while we run. */
  private void cleanUp(PrintWriter err) {
    EmbeddedJob job = running.get();
    if (job != null) {
      job.close();
    }
    StateFolder folder = state.get();
    if (folder != null) {
      prune(folder, err);
    }
  }

  /** Files of another user, for example, are no reason not to start. */
  private static void prune(StateFolder folder, PrintWriter err) {
    try {
      folder.prune();
    } catch (IOException | UncheckedIOException e) {
      err.println("motorwatch: old checkpoints could not be removed: " + e.getMessage());
    }
  }

  /** In the shutdown hook: the exit status must be 0 although a signal ends the process. */
  private void stop(PrintWriter err) {
    stopping.set(true);
    EmbeddedJob job = running.get();
    int status = 0;
    try {
      if (job == null) {
        err.println("motorwatch: stopped before the job was started");
      } else if (!job.ended()) {
        job.stop(STOP_LIMIT);
        err.println("motorwatch: stopped");
      } else {
        // It ended by itself, and the process with it: its status stands.
        return;
      }
    } catch (TimeoutException e) {
      // A savepoint waits for all in front of it: while the database takes nothing there is none.
      err.println(
          "motorwatch: stopped without a savepoint, as none was complete after "
              + STOP_LIMIT.toSeconds()
              + " s: the next start resumes from the newest checkpoint, and nothing is lost");
      status = 1;
    } catch (ExecutionException | InterruptedException e) {
      err.println("motorwatch: stopped without a savepoint: " + Motorwatch.message(e));
      status = job != null && job.wasReady() ? 1 : 0;
    }
    cleanUp(err);
    err.flush();
    Runtime.getRuntime().halt(status);
  }
}
