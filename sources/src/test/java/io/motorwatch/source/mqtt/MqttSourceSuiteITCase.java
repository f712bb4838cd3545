package io.motorwatch.source.mqtt;

import io.motorwatch.local.LocalMosquitto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.testframe.TestResource;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestExternalSystem;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.connector.testframe.utils.CollectIteratorAssertions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

/** Flink's own test suite for connectors, with two sessions that share the messages. */
class MqttSourceSuiteITCase extends SourceTestSuiteBase<MqttMessage> {

  @TestEnv final MiniClusterTestEnvironment cluster = new MiniClusterTestEnvironment();

  @TestExternalSystem final Broker broker = new Broker();

  @TestSemantics
  final CheckpointingMode[] semantics = new CheckpointingMode[] {CheckpointingMode.AT_LEAST_ONCE};

  @TestContext
  final ExternalContextFactory<MqttSuiteContext> context =
      name -> new MqttSuiteContext(broker.running.port());

  /** Sessions that share keep no common order, and the time of arrival is not known before. */
  @Override
  protected void checkResultWithSemantic(
      CloseableIterator<MqttMessage> found,
      List<List<MqttMessage>> expected,
      CheckpointingMode semantic,
      @Nullable Integer limit) {
    CloseableIterator<MqttMessage> comparable =
        new CloseableIterator<>() {
          @Override
          public boolean hasNext() {
            return found.hasNext();
          }

          @Override
          public MqttMessage next() {
            return MqttSuiteContext.withoutArrival(found.next());
          }

          @Override
          public void close() throws Exception {
            found.close();
          }
        };
    CompletableFuture.runAsync(
            () -> {
              var check = CollectIteratorAssertions.assertUnordered(comparable);
              if (limit != null) {
                check.withNumRecordsLimit(limit);
              }
              check.matchesRecordsFromSource(expected, semantic);
            })
        .orTimeout(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** A broker for all tests of the suite. */
  static final class Broker implements TestResource {

    private LocalMosquitto running;
    private Path folder;

    @Override
    public void startUp() throws Exception {
      folder = Files.createTempDirectory("mqtt-suite");
      running = LocalMosquitto.start(folder);
    }

    @Override
    public void tearDown() {
      running.close();
      try {
        FileUtils.deleteDirectory(folder.toFile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
