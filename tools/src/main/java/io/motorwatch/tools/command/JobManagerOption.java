package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.tools.cluster.FlinkCluster;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which Flink cluster, and which job of ours on it. */
final class JobManagerOption {

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:http://)?(\\[[\\p{XDigit}:]+]|[^:/\\[\\]]+):(\\d{1,5})/?");

  /** As for client ids, of which it becomes the beginning. */
  private static final Pattern NAME = Pattern.compile("[^/+#\\s\\p{Cntrl}]{1,200}");

  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--jobmanager",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8081",
      description = "Flink's REST address; default ${DEFAULT-VALUE}.")
  String address;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = FlinkCluster.DEFAULT_NAME,
      description =
          "The job's name on the cluster, one for each plant; default ${DEFAULT-VALUE}. It also is"
              + " part of the MQTT client ids, and its state is in checkpoint.dir/jobs/NAME.")
  String name;

  String checkedName() throws ConfigException {
    if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw new ConfigException(
          "--name '" + name + "': 1 to 200 characters, none of / + # or white space");
    }
    return name;
  }

  FlinkCluster cluster(Duration limit) throws ConfigException {
    if (address.toLowerCase(Locale.ROOT).startsWith("https://")) {
      throw new ConfigException(
          "--jobmanager: Flink's REST interface over https is not supported: use flink run with"
              + " io.motorwatch.jobs.MotorwatchJob from a machine that is set up for it");
    }
    Matcher parts = HOST_AND_PORT.matcher(address);
    int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      throw new ConfigException(
          "--jobmanager takes host:port, with a port from 1 to "
              + HIGHEST_PORT
              + ", not '"
              + address
              + "'");
    }
    return new FlinkCluster(parts.group(1), port, limit);
  }
}
