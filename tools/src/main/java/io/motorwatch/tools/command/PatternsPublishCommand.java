package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.topology.PatternVerdict;
import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.MqttUnreachableException;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.source.decode.MessageDecoder;
import io.motorwatch.tools.publish.OrderedPublisher;
import io.motorwatch.tools.publish.VerdictWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patterns publish}: gives the running jobs a new pattern file. */
@Command(
    name = "publish",
    description = {
      "Checks a pattern file and publishes it, retained, to every job at the broker.",
      "Waits for the verdict of a job: it takes the file if its version is higher than that of the",
      "file in force. Exit 0 once it is in force, 1 where a job refuses it or none answers, 2 with",
      "line, column and reason of each fault. With --no-wait exit 0 once the broker has it."
    },
    mixinStandardHelpOptions = true)
final class PatternsPublishCommand implements Callable<Integer> {

  private static final Duration CONFIRM_LIMIT = Duration.ofSeconds(30);

  @Parameters(paramLabel = "FILE")
  Path file;

  @Mixin BrokerOptions brokerOptions;

  @Option(names = "--no-wait", description = "Do not wait for a job's verdict.")
  boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for the verdict; default ${DEFAULT-VALUE}.")
  int timeoutSeconds;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    String text;
    PatternSet set;
    try {
      text = Files.readString(file);
      set = PatternFileParser.parse(text);
    } catch (InvalidFileException e) {
      PatternFaults.print(file, e, spec.commandLine().getErr());
      return 2;
    } catch (IOException e) {
      spec.commandLine().getErr().println("motorwatch: cannot read " + file + " as UTF-8 text");
      return 2;
    }
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    if (payload.length > MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES) {
      spec.commandLine()
          .getErr()
          .println(
              "motorwatch: "
                  + file
                  + " has "
                  + payload.length
                  + " bytes, and jobs take "
                  + MessageDecoder.DEFAULT_MAX_PAYLOAD_BYTES
                  + " at most: give it to them as patterns.file");
      return 2;
    }
    BrokerAddress broker = brokerOptions.await();
    if (noWait) {
      int status = publish(broker, payload);
      if (status == 0) {
        spec.commandLine()
            .getOut()
            .printf(
                "published version %d to %s at %s; a job takes it if that is higher than the version"
                    + " in force, and says so on %s%n",
                set.version(),
                MessageDecoder.PATTERNS_TOPIC,
                broker,
                MessageDecoder.PATTERNS_STATUS_TOPIC);
      }
      return status;
    }
    try (VerdictWatch watch = VerdictWatch.open(broker, text)) {
      int status = publish(broker, payload);
      return status == 0 ? verdict(watch, broker, set.version()) : status;
    } catch (MqttUnreachableException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private int verdict(VerdictWatch watch, BrokerAddress broker, long version)
      throws InterruptedException {
    PatternVerdict verdict = watch.await(Duration.ofSeconds(timeoutSeconds)).orElse(null);
    PrintWriter err = spec.commandLine().getErr();
    if (verdict == null) {
      err.printf(
          "motorwatch: published version %d to %s at %s, where it stays, but no job answered within"
              + " %d s: check that one runs at this broker (it takes the file when it starts), or"
              + " do not wait (--no-wait)%n",
          version, MessageDecoder.PATTERNS_TOPIC, broker, timeoutSeconds);
      return 1;
    }
    if (!verdict.inForce()) {
      err.printf(
          "motorwatch: the job refuses version %d: %s%n",
          version, PatternVerdict.text(verdict.faults()));
      return 1;
    }
    spec.commandLine().getOut().printf("version %d is in force%n", version);
    return 0;
  }

  private int publish(BrokerAddress broker, byte[] payload) throws Exception {
    try (OrderedPublisher<byte[]> publisher =
        new OrderedPublisher<>(
            broker,
            "motorwatch-publish-" + UUID.randomUUID(),
            1,
            PatternsPublishCommand::message,
            (value, nanoTime) -> {})) {
      boolean confirmed =
          publisher.send(payload, brokerOptions.connectTimeout()) && publisher.flush(CONFIRM_LIMIT);
      OrderedPublisher.Counts counts = publisher.counts();
      if (!confirmed || counts.refused() > 0) {
        String why = counts.problem() == null ? "no confirmation in time" : counts.problem();
        spec.commandLine().getErr().println("motorwatch: " + broker + " did not take it: " + why);
        return 1;
      }
    }
    return 0;
  }

  private static OutgoingMessage message(byte[] payload) {
    return new OutgoingMessage(MessageDecoder.PATTERNS_TOPIC, payload, 1, true);
  }
}
