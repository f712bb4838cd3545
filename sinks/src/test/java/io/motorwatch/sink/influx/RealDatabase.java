package io.motorwatch.sink.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.motorwatch.local.LocalInfluxDb;
import io.motorwatch.local.LocalInfluxDb2;
import io.motorwatch.model.connection.Secret;
import java.io.IOException;
import java.nio.file.Path;

/** A real server of either generation, with a token that may do everything where there are any. */
interface RealDatabase extends AutoCloseable {

  /** Starts one; a test of 2.x is skipped where no binary of it is named. */
  static RealDatabase start(InfluxApi api, Path folder) throws IOException, InterruptedException {
    return switch (api) {
      case V1 -> new Version1(LocalInfluxDb.start(folder));
      case V2 -> {
        assumeVersion2();
        yield new Version2(LocalInfluxDb2.start(folder));
      }
      case AUTO, V3 -> throw new IllegalArgumentException("no server of " + api + " to test with");
    };
  }

  static void assumeVersion2() {
    assumeTrue(
        LocalInfluxDb2.program().isPresent(),
        LocalInfluxDb2.VARIABLE + " names no influxd 2.x: this is not tested against InfluxDB 2");
    assertThat(LocalInfluxDb2.program().orElseThrow()).isExecutable();
  }

  InfluxConnection connection(String database);

  void stop() throws InterruptedException;

  void kill() throws InterruptedException;

  void restart() throws IOException, InterruptedException;

  @Override
  void close();

  /** Debian's. */
  record Version1(LocalInfluxDb server) implements RealDatabase {

    @Override
    public InfluxConnection connection(String database) {
      return InfluxConnection.of(server.url(), database);
    }

    @Override
    public void stop() throws InterruptedException {
      server.stop();
    }

    @Override
    public void kill() throws InterruptedException {
      server.kill();
    }

    @Override
    public void restart() throws IOException, InterruptedException {
      server.restart();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** The one the environment names. */
  record Version2(LocalInfluxDb2 server) implements RealDatabase {

    @Override
    public InfluxConnection connection(String database) {
      return InfluxConnection.of(server.url(), database)
          .withToken(LocalInfluxDb2.ORG, Secret.of(LocalInfluxDb2.TOKEN));
    }

    @Override
    public void stop() throws InterruptedException {
      server.stop();
    }

    @Override
    public void kill() throws InterruptedException {
      server.kill();
    }

    @Override
    public void restart() throws IOException, InterruptedException {
      server.restart();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
