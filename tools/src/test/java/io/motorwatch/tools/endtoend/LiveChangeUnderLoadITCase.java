package io.motorwatch.tools.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.config.MotorwatchConfig;
import io.motorwatch.jobs.topology.MotorwatchTopology;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import io.motorwatch.jobs.topology.Outputs;
import io.motorwatch.model.Alarm;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.source.mqtt.MqttMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty changes of the pattern file while readings come as fast as the job takes them, against a
 * run without any: not an alarm of an unchanged pattern is lost, doubled or otherwise.
 */
@Timeout(300)
class LiveChangeUnderLoadITCase {

  private static final int DEVICES = 400;
  private static final int SECONDS = 1_500;
  private static final long START = 1_700_000_000_000L;

  /** Every so many messages there is room for a file between the readings. */
  private static final int ROOM = 500;

  private static final long MESSAGES = (long) DEVICES * SECONDS * ROOM / (ROOM - 1);

  /** A change comes after so many messages at the earliest: they last for most of the run. */
  private static final long BETWEEN = MESSAGES / (ChangingFile.VERSIONS + 3);

  private static final Queue<Alarm> ALARMS = new ConcurrentLinkedQueue<>();
  private static final Queue<Rejection> REJECTED = new ConcurrentLinkedQueue<>();

  /** The highest version that has raised an alarm. */
  private static final AtomicLong NEWEST = new AtomicLong();

  /** The last version published; written by the source, which is one. */
  private static final AtomicInteger PUBLISHED = new AtomicInteger();

  private static volatile boolean changing;

  @TempDir Path folder;

  @BeforeEach
  void nothingHasHappened() {
    ALARMS.clear();
    REJECTED.clear();
    NEWEST.set(1);
    PUBLISHED.set(1);
  }

  private static void raised(Alarm alarm) {
    ALARMS.add(alarm);
    NEWEST.accumulateAndGet(alarm.episode().patternVersion(), Math::max);
  }

  private static void refused(Rejection rejection) {
    REJECTED.add(rejection);
  }

  /** Whether the file published last is in force, or was reported as refused. */
  private static boolean answered() {
    int version = PUBLISHED.get();
    return version == ChangingFile.BAD ? !REJECTED.isEmpty() : NEWEST.get() >= version;
  }

  private static MqttMessage message(long index) {
    if (index % ROOM == ROOM - 1) {
      return between(index);
    }
    long reading = index - index / ROOM;
    int device = (int) (reading % DEVICES);
    long second = reading / DEVICES;
    // Overloads of 33 s in 50, a peak within some of them, all devices at other times.
    long phase = (second + device * 3L) % 50;
    double current = phase >= 33 ? 5 : phase >= 10 && phase < 10 + device % 7 ? 24 : 13;
    long at = START + 1000 * second;
    return message(
        "site/plant/device/m" + device + "/telemetry",
        "{\"timestamp\":%d,\"current\":%.1f}".formatted(at, current + device % 10 * 0.1),
        at);
  }

  /** The next file, once the one before has had its effect; else a message without any. */
  private static MqttMessage between(long index) {
    long at = START + 1000 * (index / DEVICES);
    if (changing
        && PUBLISHED.get() < ChangingFile.VERSIONS
        && index >= PUBLISHED.get() * BETWEEN
        && answered()) {
      return message("motorwatch/patterns", ChangingFile.version(PUBLISHED.incrementAndGet()), at);
    }
    return message("site/plant/device/m0/status", "{\"status\":\"online\"}", at);
  }

  private static MqttMessage message(String topic, String payload, long at) {
    return new MqttMessage(topic, payload.getBytes(StandardCharsets.UTF_8), false, 1, null, at);
  }

  /** Every alarm of the patterns that stay the same, but for the version that raised it. */
  private List<String> run(boolean withChanges) throws Exception {
    changing = withChanges;
    Path patterns = Files.writeString(folder.resolve("patterns.yaml"), ChangingFile.version(1));
    Path file =
        Files.writeString(folder.resolve("motorwatch.yaml"), "patterns: {file: " + patterns + "}");
    MotorwatchConfig config =
        ConfigLoader.load(
            file, List.of("timeline.silent-after=1d", "timeline.max-future=1h"), Map.of());
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, settings);
    Outputs outputs =
        new Outputs(
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new CallbackSink<>(LiveChangeUnderLoadITCase::raised),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new CallbackSink<>(LiveChangeUnderLoadITCase::refused),
            new DiscardingSink<>(),
            new DiscardingSink<>());
    new MotorwatchTopology(config, ChangingFile.version(1), outputs, Branches.DETECTION)
        .build(
            env,
            new DataGeneratorSource<>(
                LiveChangeUnderLoadITCase::message, MESSAGES, MqttMessage.TYPE_INFO));
    env.execute("changes under load");
    return ALARMS.stream()
        .filter(alarm -> ChangingFile.isSame(alarm.episode().pattern()))
        .map(
            alarm ->
                String.join(
                    " ",
                    alarm.episode().device().toString(),
                    Long.toString(alarm.at()),
                    Integer.toString(alarm.ordinal()),
                    alarm.episode().pattern(),
                    alarm.episode().alarmId(),
                    alarm.state().name(),
                    alarm.severity(),
                    Double.toString(alarm.value()),
                    Double.toString(alarm.peak()),
                    alarm.message()))
        .sorted()
        .toList();
  }

  private static Set<String> patternsOf(List<String> lines) {
    return lines.stream().map(line -> line.split(" ")[3]).collect(Collectors.toSet());
  }

  @Test
  void twentyChangesLoseAndDoubleNoAlarmOfAnUnchangedPattern() throws Exception {
    List<String> undisturbed = run(false);
    assertThat(REJECTED).isEmpty();
    assertThat(undisturbed).hasSizeGreaterThan(50_000).doesNotHaveDuplicates();
    assertThat(patternsOf(undisturbed)).hasSize(5);

    nothingHasHappened();
    List<String> disturbed = run(true);
    assertThat(PUBLISHED).as("files published").hasValue(ChangingFile.VERSIONS);
    assertThat(NEWEST).as("newest file in force").hasValue(ChangingFile.VERSIONS);
    Set<Long> versions = new TreeSet<>();
    ALARMS.forEach(alarm -> versions.add(alarm.episode().patternVersion()));
    assertThat(versions).hasSize(ChangingFile.VERSIONS - 1).doesNotContain((long) ChangingFile.BAD);
    // That the files after it were published at all, one by one, shows that it was reported before.
    assertThat(REJECTED)
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.reason()).isEqualTo(RejectReason.PATTERNS_REFUSED);
              assertThat(refused.detail()).contains("unknown signal 'hihg' (did you mean 'high'?)");
            });
    assertThat(disturbed).hasSameSizeAs(undisturbed);
    for (int i = 0; i < disturbed.size(); i++) {
      assertThat(disturbed.get(i)).isEqualTo(undisturbed.get(i));
    }
  }
}
