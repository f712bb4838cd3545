package io.motorwatch.benchmarks.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void aLineIsTimedWhenItCameAndNotWhenItIsAskedFor() throws Exception {
    try (PipedInputStream printed = new PipedInputStream();
        PipedOutputStream process = new PipedOutputStream(printed)) {
      Output output = Output.of(printed, folder.resolve("log"));
      process.write("READY\nfirst alarm\n".getBytes(StandardCharsets.US_ASCII));
      process.flush();
      long alarm = output.awaitLine("first alarm", LIMIT);
      long asked = System.nanoTime();
      assertThat(output.awaitLine("READY", LIMIT)).isLessThanOrEqualTo(alarm).isLessThan(asked);
    }
  }

  @Test
  void aProcessThatEndsWithoutTheLineIsQuoted() {
    Output output =
        Output.of(
            new ByteArrayInputStream("port taken\n".getBytes(StandardCharsets.US_ASCII)),
            folder.resolve("log"));
    assertThatThrownBy(() -> output.awaitLine("READY", LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessage("the job does not print READY: port taken");
  }
}
