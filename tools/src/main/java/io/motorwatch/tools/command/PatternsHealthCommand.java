package io.motorwatch.tools.command;

import io.motorwatch.jobs.config.ConfigException;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.ConnectedOutputs;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.sink.influx.InfluxConnection;
import io.motorwatch.sink.influx.PointsOnce;
import io.motorwatch.tools.health.AlarmHistory;
import io.motorwatch.tools.health.AlarmRecord;
import io.motorwatch.tools.health.AlarmSystemHealth;
import io.motorwatch.tools.health.HealthAnalysis;
import io.motorwatch.tools.health.HealthJson;
import io.motorwatch.tools.health.HealthPoints;
import io.motorwatch.tools.health.HealthTargets;
import io.motorwatch.tools.health.HealthText;
import io.motorwatch.tools.health.Remedies;
import io.motorwatch.tools.health.Remedy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code patterns health}: how well the alarms serve those who answer them. */
@Command(
    name = "health",
    description = {
      "Reports the performance of the alarm system, in the terms of ISA-18.2 and IEC 62682, from the"
          + " alarms in InfluxDB, and which changes of patterns would have spared how many alarms.",
      "Exit 0, whatever the alarms are like; 1 if the database cannot be read."
    },
    mixinStandardHelpOptions = true)
final class PatternsHealthCommand implements Callable<Integer> {

  /** Alarms that were raised so long before the range may still be open in it. */
  private static final Duration LOOK_BACK = Duration.ofDays(90);

  @Mixin ConfigOptions config;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "7d",
      description =
          "Begin: 2026-01-31T06:00:00Z, 2026-01-31 or, back from now, 7d; default"
              + " ${DEFAULT-VALUE}.")
  String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "End, written as --since; default now.")
  String until;

  @Option(
      names = "--site",
      paramLabel = "S",
      description =
          "Only devices of this site; may be repeated. The targets are those of one operating"
              + " position: give the sites that one watches.")
  List<String> sites = new ArrayList<>();

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "Only this device, as device or site/device; may be repeated.")
  List<String> devices = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object in place of text.")
  boolean json;

  @Option(
      names = "--write",
      description = "Also write the numbers to events.alarm_health, for dashboards.")
  boolean write;

  @Mixin HealthTargetOptions targets;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws ConfigException {
    MotorwatchConfig loaded = config.load();
    TimeOption times = new TimeOption(ZoneId.systemDefault(), Clock.systemUTC());
    long from = times.parse("--since", since);
    long to = times.parse("--until", until);
    if (from >= to) {
      throw new ConfigException("--since must be before --until");
    }
    HealthTargets wanted = targets.targets();
    List<PatternDefinition> patterns = patterns(loaded.patterns().file());
    InfluxConnection database = ConnectedOutputs.connection(loaded.influx());
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<AlarmRecord> alarms =
          AlarmHistory.read(database, from - LOOK_BACK.toMillis(), to, this::wants);
      HealthAnalysis analysis = new HealthAnalysis(alarms, from, to, wanted);
      AlarmSystemHealth health =
          analysis.health(patterns.stream().map(PatternDefinition::id).collect(Collectors.toSet()));
      List<Remedy> remedies = new Remedies(patterns, wanted).find(analysis, health);
      if (json) {
        out.println(HealthJson.of(health, remedies));
      } else {
        HealthText.lines(health, wanted, remedies).forEach(out::println);
      }
      if (write) {
        PointsOnce.write(database, new HealthPoints(), health);
      }
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("motorwatch: " + e.getMessage());
      return 1;
    }
  }

  private boolean wants(DeviceId device) {
    return (sites.isEmpty() || sites.contains(device.site()))
        && (devices.isEmpty()
            || devices.contains(device.device())
            || devices.contains(device.path()));
  }

  private List<PatternDefinition> patterns(Path file) throws ConfigException {
    try {
      return PatternFileParser.parse(Files.readString(file)).patterns();
    } catch (InvalidFileException e) {
      PatternFaults.print(file, e, spec.commandLine().getErr());
      throw new ConfigException("the pattern file " + file + " has faults");
    } catch (CharacterCodingException e) {
      throw new ConfigException("the pattern file " + file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException("cannot read the pattern file " + file);
    }
  }
}
