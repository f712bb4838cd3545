package io.motorwatch.jobs.command;

import io.motorwatch.jobs.publish.OrderedPublisher;
import io.motorwatch.jobs.publish.PublishCounts;
import io.motorwatch.model.connection.BrokerAddress;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.sink.mqtt.OutgoingMessage;
import io.motorwatch.source.decode.MessageDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patterns publish}: gives the running jobs a new pattern file. */
@Command(
    name = "publish",
    description = {
      "Checks a pattern file and publishes it, retained, to every job at the broker.",
      "Exit 0 once the broker has it, 2 with line, column and reason of each fault.",
      "A job takes it if its version is higher than that of the file in force."
    },
    mixinStandardHelpOptions = true)
final class PatternsPublishCommand implements Callable<Integer> {

  private static final Duration CONFIRM_LIMIT = Duration.ofSeconds(30);

  @Parameters(paramLabel = "FILE")
  Path file;

  @Mixin BrokerOptions brokerOptions;

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
    return publish(payload, set.version());
  }

  private int publish(byte[] payload, long version) throws Exception {
    BrokerAddress broker = brokerOptions.await();
    try (OrderedPublisher<byte[]> publisher =
        new OrderedPublisher<>(
            broker,
            "motorwatch-publish-" + UUID.randomUUID(),
            1,
            PatternsPublishCommand::message,
            (value, nanoTime) -> {})) {
      boolean confirmed =
          publisher.send(payload, brokerOptions.connectTimeout()) && publisher.flush(CONFIRM_LIMIT);
      PublishCounts counts = publisher.counts();
      if (!confirmed || counts.refused() > 0) {
        String why = counts.problem() == null ? "no confirmation in time" : counts.problem();
        spec.commandLine().getErr().println("motorwatch: " + broker + " did not take it: " + why);
        return 1;
      }
    }
    spec.commandLine()
        .getOut()
        .printf(
            "published version %d to %s at %s; a job takes it if %d is higher than the version in"
                + " force, and else says why in measurement rejected%n",
            version, MessageDecoder.PATTERNS_TOPIC, broker, version);
    return 0;
  }

  private static OutgoingMessage message(byte[] payload) {
    return new OutgoingMessage(MessageDecoder.PATTERNS_TOPIC, payload, 1, true);
  }
}
