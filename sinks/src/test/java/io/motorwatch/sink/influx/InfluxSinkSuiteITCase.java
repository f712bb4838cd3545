package io.motorwatch.sink.influx;

import io.motorwatch.local.LocalInfluxDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.connector.testframe.TestResource;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestExternalSystem;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SinkTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.util.FileUtils;

/** Flink's own test suite for sinks: savepoints, both ways of scaling, the standard metrics. */
class InfluxSinkSuiteITCase extends SinkTestSuiteBase<String> {

  @TestEnv final MiniClusterTestEnvironment cluster = new MiniClusterTestEnvironment();

  @TestExternalSystem final Database database = new Database();

  @TestSemantics
  final CheckpointingMode[] semantics = new CheckpointingMode[] {CheckpointingMode.AT_LEAST_ONCE};

  @TestContext
  final ExternalContextFactory<InfluxSuiteContext> context =
      name -> new InfluxSuiteContext(database.running.url());

  /** A database for all tests of the suite. */
  static final class Database implements TestResource {

    private LocalInfluxDb running;
    private Path folder;

    @Override
    public void startUp() throws Exception {
      folder = Files.createTempDirectory("influx-suite");
      running = LocalInfluxDb.start(folder);
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
