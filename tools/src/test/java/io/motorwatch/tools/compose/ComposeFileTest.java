package io.motorwatch.tools.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.model.connection.Credentials;
import io.motorwatch.tools.command.Motorwatch;
import io.motorwatch.tools.compose.ComposeFile.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The compose files fit the checkout, our commands and each other. */
class ComposeFileTest {

  private static final String CONFIG = "/etc/motorwatch";
  private static final Path ROOT = ComposeFile.ROOT;

  @TempDir Path folder;

  private static List<Service> allServices() {
    List<Service> services = new ArrayList<>(ComposeFile.MAIN.services().values());
    services.addAll(ComposeFile.TLS.services().values());
    return services;
  }

  private static Map<String, String> environment(String service) {
    return ComposeFile.MAIN.service(service).environment();
  }

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private MotorwatchConfig config(Map<String, String> environment) throws Exception {
    ComposeFile.MAIN.layOut("submit", CONFIG, folder);
    return ConfigLoader.load(folder.resolve("motorwatch.yaml"), List.of(), environment);
  }

  @Test
  void everyMountedFileIsInTheCheckoutOrMadeByTheScript() {
    for (Service service : allServices()) {
      service
          .mounts()
          .forEach(
              (target, source) -> {
                if (!source.startsWith(ROOT.resolve("docker/tls"))) {
                  assertThat(source).as(service.name()).exists();
                }
              });
    }
  }

  @Test
  void everyPublishedPortIsOpenToThisMachineAloneUnlessSomebodySaysOtherwise() {
    int published = 0;
    for (Service service : allServices()) {
      for (String port : service.texts("ports")) {
        assertThat(port)
            .matches("(127\\.0\\.0\\.1|\\$\\{MOTORWATCH_BIND:-127\\.0\\.0\\.1}):\\d+:\\d+");
        published++;
      }
    }
    assertThat(published).isEqualTo(5);
  }

  @Test
  void everyServiceIsStartedAgainAndBoundedInMemory() {
    for (Service service : ComposeFile.MAIN.services().values()) {
      // What submits is done once it has.
      assertThat(service.text("restart"))
          .as(service.name())
          .isEqualTo(service.name().equals("submit") ? "on-failure:10" : "unless-stopped");
      assertThat(service.text("mem_limit")).as(service.name()).matches("\\d+[mg]");
    }
  }

  @Test
  void flinksProcessesFitIntoTheirContainers() throws Exception {
    String conf = text("flink-conf/config.yaml");
    for (String process : List.of("jobmanager", "taskmanager")) {
      int size = Integer.parseInt(find("(?s)\n" + process + ":.*?size: (\\d+)m", "\n" + conf));
      int limit =
          Integer.parseInt(ComposeFile.MAIN.service(process).text("mem_limit").replace("m", ""));
      assertThat(limit).as(process).isGreaterThan(size);
    }
  }

  @Test
  void simulatedMotorsAreThereInTheDemoAloneAndTheReadmeSaysSo() throws Exception {
    for (Service service : ComposeFile.MAIN.services().values()) {
      assertThat(service.texts("profiles"))
          .as(service.name())
          .isEqualTo(service.name().equals("simulator") ? List.of("demo") : List.of());
    }
    for (String page : List.of("README.md", "docs/operator.md", "motorwatch")) {
      assertThat(text(page)).as(page).contains("docker compose --profile demo up --build");
    }
  }

  @Test
  void theCommandsAreOnesOurCommandLineTakes() {
    for (Service service : allServices()) {
      if (service.name().equals("submit") || service.name().equals("simulator")) {
        String[] command = service.command().toArray(String[]::new);
        if (command.length > 0) {
          assertThatCode(() -> new CommandLine(new Motorwatch()).parseArgs(command))
              .as(service.name())
              .doesNotThrowAnyException();
        }
      }
    }
  }

  @Test
  void theDocumentedStopIsACommandOfOursForTheSameJob() throws Exception {
    String line = find("docker compose run --rm submit (stop .*)", text("docs/operator.md"));
    String[] command = line.split(" ");
    assertThatCode(() -> new CommandLine(new Motorwatch()).parseArgs(command))
        .doesNotThrowAnyException();
    assertThat(ComposeFile.MAIN.service("submit").command()).contains(command[1], command[2]);
  }

  @Test
  void theFilesACommandNamesAreMounted() {
    for (Service service : ComposeFile.MAIN.services().values()) {
      for (String argument : service.command()) {
        if (argument.contains("=" + CONFIG)) {
          assertThat(service.mounts()).containsKey(argument.substring(argument.indexOf('=') + 1));
        }
      }
    }
  }

  @Test
  void theJobsConfigIsForTheBrokerAndTheDatabaseThatAreStarted() throws Exception {
    MotorwatchConfig config = config(Map.of());
    assertThat(config.mqtt().broker())
        .hasToString(
            "tcp://mosquitto:" + find("listener (\\d+)", text("docker/listener-plain.conf")));
    assertThat(config.influx().url()).isEqualTo("http://influxdb:8086");
    assertThat(config.influx().org())
        .isEqualTo(environment("influxdb").get("DOCKER_INFLUXDB_INIT_ORG"));
    assertThat(config.influx().token().reveal())
        .isEqualTo(environment("influxdb").get("DOCKER_INFLUXDB_INIT_ADMIN_TOKEN"))
        .isEqualTo(environment("grafana").get("INFLUX_TOKEN"));
    assertThat(config.influx().database() + "/hot")
        .isEqualTo(environment("influxdb").get("DOCKER_INFLUXDB_INIT_BUCKET"));
    assertThat(text("grafana/provisioning/datasources/influxdb.yaml"))
        .contains("url: " + config.influx().url())
        .contains("dbName: " + config.influx().database())
        .contains("$INFLUX_TOKEN");
    assertThat(config.checkpoint().dir()).hasToString("/checkpoints");
    for (String service : List.of("jobmanager", "taskmanager", "submit")) {
      assertThat(ComposeFile.MAIN.service(service).texts("volumes"))
          .contains("checkpoints:/checkpoints");
    }
  }

  @Test
  void theUsersPasswordsAreThoseTheBrokerKnows() throws Exception {
    Map<String, String> users = new TreeMap<>();
    text("docker/mosquitto-users")
        .lines()
        .forEach(line -> users.put(line.split(":")[0], line.split(":")[1]));
    Credentials job = config(Map.of()).mqtt().broker().credentials();
    assertThat(job.password().reveal()).isEqualTo(users.get(job.username()));
    assertThat(text("docker/simulator-password").strip()).isEqualTo(users.get("simulator"));
    for (ComposeFile file : List.of(ComposeFile.MAIN, ComposeFile.TLS)) {
      assertThat(String.valueOf(file.service("mosquitto").all().get("healthcheck")))
          .contains("-u, health, -P, " + users.get("health"));
      assertThat(file.service("simulator").command()).contains("--username=simulator");
    }
    List<String> named =
        text("docker/mosquitto-acl")
            .lines()
            .filter(line -> line.startsWith("user "))
            .map(line -> line.substring("user ".length()))
            .toList();
    assertThat(users.keySet()).containsAll(named);
  }

  @Test
  void theTlsVariantIsForTheListenerItPuts() throws Exception {
    ComposeFile.MAIN.layOut("submit", CONFIG, folder);
    Path ca = Files.writeString(folder.resolve("ca.crt"), "x");
    Map<String, String> environment =
        new TreeMap<>(ComposeFile.TLS.service("submit").environment());
    assertThat(environment).hasSize(2).containsEntry("MOTORWATCH_MQTT_TLS_CA", CONFIG + "/ca.crt");
    environment.put("MOTORWATCH_MQTT_TLS_CA", ca.toString());
    MotorwatchConfig config =
        ConfigLoader.load(folder.resolve("motorwatch.yaml"), List.of(), environment);
    String port = find("listener (\\d+)", text("docker/listener-tls.conf"));
    assertThat(config.mqtt().broker()).hasToString("ssl://mosquitto:" + port);
    assertThat(config.mqtt().broker().tls().ca()).isEqualTo(ca.toString());
    for (String service : List.of("jobmanager", "taskmanager", "submit", "simulator")) {
      assertThat(ComposeFile.TLS.service(service).mounts()).containsKey(CONFIG + "/ca.crt");
    }
    assertThat(ComposeFile.MAIN.service("mosquitto").mounts())
        .containsKey("/mosquitto/config/listeners/listener.conf");
    assertThat(ComposeFile.TLS.service("mosquitto").mounts())
        .containsKey("/mosquitto/config/listeners/listener.conf");
  }

  @Test
  void theImageIsOfTheJobsFlinkAndOfFilesThatAreThere() throws Exception {
    String dockerfile = text("Dockerfile");
    String flink = find("<flink.version>(.*?)</flink.version>", text("pom.xml"));
    assertThat(dockerfile)
        .contains("\nFROM flink:" + flink + "-java17\n")
        .contains("\nUSER flink\n");
    Matcher copies =
        Pattern.compile("(?m)^COPY (?:--chmod=\\d+ )?([^-\\s]\\S*) \\S+$").matcher(dockerfile);
    TreeSet<String> copied = new TreeSet<>();
    while (copies.find()) {
      assertThat(ROOT.resolve(copies.group(1))).exists();
      copied.add(copies.group(1));
    }
    // What tools is built of, and all the parent names.
    Matcher modules = Pattern.compile("<module>(.*?)</module>").matcher(text("pom.xml"));
    while (modules.find()) {
      assertThat(copied).containsAnyOf(modules.group(1), modules.group(1) + "/pom.xml");
    }
    assertThat(copied).contains("pom.xml", ".mvn");
    assertThat(text("jobs/pom.xml"))
        .contains("<outputFile>${project.build.directory}/motorwatch.jar</outputFile>");
    assertThat(text("tools/pom.xml"))
        .contains("<outputFile>${project.build.directory}/motorwatch-tools.jar</outputFile>")
        .contains("<outputDirectory>${project.build.directory}/lib</outputDirectory>")
        .contains("<outputDirectory>${project.build.directory}/flink</outputDirectory>");
    assertThat(dockerfile)
        .contains("/src/jobs/target/motorwatch.jar /opt/motorwatch/motorwatch.jar")
        .contains("/src/tools/target/motorwatch-tools.jar /opt/motorwatch/motorwatch-tools.jar")
        .contains("/src/tools/target/lib /opt/motorwatch/lib")
        .contains("/src/tools/target/flink /opt/motorwatch/flink");
  }

  @Test
  void theImageStartsJavaAsTheLauncherDoes() throws Exception {
    for (String file : List.of("motorwatch", "docker/motorwatch")) {
      assertThat(Pattern.compile("--add-opens (\\S+)").matcher(text(file)).results())
          .as(file)
          .extracting(match -> match.group(1))
          .containsExactlyInAnyOrder(
              "java.base/java.lang=ALL-UNNAMED",
              "java.base/java.util=ALL-UNNAMED",
              "java.base/java.time=ALL-UNNAMED");
    }
    assertThat(text("docker/motorwatch")).contains(Motorwatch.class.getName());
  }

  @Test
  void composeItselfTakesTheFiles() throws Exception {
    assumeTrue(answers("docker", "compose", "version"), "no docker compose here to ask");
    assertThat(answers("docker", "compose", "--profile", "demo", "config", "-q")).isTrue();
    assertThat(
            answers(
                "docker",
                "compose",
                "-f",
                "docker-compose.yml",
                "-f",
                "docker-compose.tls.yml",
                "--profile",
                "demo",
                "config",
                "-q"))
        .isTrue();
  }

  private static boolean answers(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .directory(ROOT.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }
}
