package io.motorwatch.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.motorwatch.jobs.topology.ConfiguredJob;
import io.motorwatch.jobs.topology.JobSource;
import io.motorwatch.source.mqtt.AckMode;
import io.motorwatch.source.mqtt.journal.JournalOptions;
import io.motorwatch.source.mqtt.journal.OlderState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgeConfigTest {

  @TempDir Path folder;

  private MotorwatchConfig load(String... overrides) throws Exception {
    Files.writeString(folder.resolve("patterns.yaml"), "x");
    Path file =
        Files.writeString(folder.resolve("motorwatch.yaml"), "patterns: {file: patterns.yaml}");
    return ConfigLoader.load(file, List.of(overrides), Map.of());
  }

  private static JournalOptions journal(MotorwatchConfig config) throws Exception {
    return acknowledgement(config, null).journal();
  }

  private static Acknowledgement acknowledgement(MotorwatchConfig config, String flinksDir)
      throws Exception {
    return ConfiguredJob.acknowledgement(config, flinksDir);
  }

  @Test
  void byDefaultThereIsAJournalWhereverCheckpointsOutliveAFailure() throws Exception {
    Acknowledgement beside = acknowledgement(load("checkpoint.dir=state"), null);
    assertThat(beside.mode()).isEqualTo(AckMode.JOURNAL);
    assertThat(beside)
        .hasToString(
            "messages are acknowledged once they are in the journal in "
                + folder.resolve("state/journal").toUri()
                + " (auto)");
    Acknowledgement flinks = acknowledgement(load(), "hdfs://names/flink/checkpoints");
    assertThat(flinks.mode()).isEqualTo(AckMode.JOURNAL);
    assertThat(flinks.journal().directory())
        .isEqualTo("hdfs://names/flink/checkpoints/motorwatch-journal/127.0.0.1-1883");
    assertThat(acknowledgement(load("checkpoint.dir=state"), "hdfs://names/x").journal())
        .isEqualTo(beside.journal());
  }

  @Test
  void byDefaultCheckpointsAcknowledgeWhereNoJournalCanBe() throws Exception {
    Acknowledgement inMemory = acknowledgement(load(), null);
    assertThat(inMemory.mode()).isEqualTo(AckMode.CHECKPOINT);
    assertThat(inMemory)
        .hasToString(
            "messages are acknowledged once a checkpoint holds them"
                + " (auto: no folder that a journal could be in)");
    assertThat(acknowledgement(load(), "ftp://names/x").mode()).isEqualTo(AckMode.CHECKPOINT);
  }

  @Test
  void anotherModeStillKnowsWhereAJournalWasLeft() throws Exception {
    Acknowledgement left =
        acknowledgement(load("mqtt.acknowledge=checkpoint", "checkpoint.dir=state"), null);
    assertThat(left.mode()).isEqualTo(AckMode.CHECKPOINT);
    assertThat(left.journal()).isNotNull();
  }

  @Test
  void theJournalIsInTheFolderOfTheCheckpoints() throws Exception {
    MotorwatchConfig config = load("mqtt.acknowledge=journal", "checkpoint.dir=state");
    assertThat(config.mqtt().acknowledge().mode()).isEqualTo(AckMode.JOURNAL);
    assertThat(journal(config))
        .isEqualTo(
            new JournalOptions(
                folder.resolve("state/journal").toUri().toString(),
                Duration.ofMillis(5),
                1L << 30));
    assertThat(JobSource.of(config, acknowledgement(config, null))).isNotNull();
  }

  @Test
  void orWhereItIsSet() throws Exception {
    MotorwatchConfig config =
        load(
            "mqtt.acknowledge=journal",
            "mqtt.journal.dir=elsewhere",
            "mqtt.journal.flush=20ms",
            "mqtt.journal.max-size=200MB");
    assertThat(journal(config))
        .isEqualTo(
            new JournalOptions(
                folder.resolve("elsewhere").toUri().toString(), Duration.ofMillis(20), 200L << 20));
    assertThat(journal(load("mqtt.journal.dir=hdfs://names/journal")).directory())
        .isEqualTo("hdfs://names/journal");
  }

  @Test
  void anObjectStoreIsWrittenLessOften() throws Exception {
    assertThat(journal(load("mqtt.journal.dir=s3://bucket/x")).flush())
        .isEqualTo(Duration.ofMillis(250));
    assertThat(acknowledgement(load(), "s3://bucket/checkpoints").journal())
        .isEqualTo(
            new JournalOptions(
                "s3://bucket/checkpoints/motorwatch-journal/127.0.0.1-1883",
                Duration.ofMillis(250),
                1L << 30));
    assertThat(journal(load("mqtt.journal.dir=s3://bucket/x", "mqtt.journal.flush=1s")).flush())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aStateOlderThanTheJournalIsRefusedUnlessThatIsAccepted() throws Exception {
    assertThat(journal(load("checkpoint.dir=state")).olderState()).isEqualTo(OlderState.REFUSE);
    assertThat(
            journal(load("checkpoint.dir=state", "mqtt.journal.older-state=accept")).olderState())
        .isEqualTo(OlderState.ACCEPT);
    assertThatThrownBy(() -> load("mqtt.journal.older-state=maybe"))
        .hasMessageContaining("mqtt.journal.older-state")
        .hasMessageContaining("refuse or accept");
  }

  @Test
  void aJournalWithoutAPlaceIsRefused() throws Exception {
    MotorwatchConfig config = load("mqtt.acknowledge=journal");
    assertThatThrownBy(() -> acknowledgement(config, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mqtt.acknowledge")
        .hasMessageContaining("checkpoint.dir")
        .hasMessageContaining("mqtt.journal.dir");
    assertThat(journal(load())).isNull();
  }

  @Test
  void whatCannotBeIsRefusedNamingTheKey() {
    assertThatThrownBy(() -> load("mqtt.acknowledge=later"))
        .hasMessageContaining("mqtt.acknowledge")
        .hasMessageContaining("auto, journal, checkpoint or on-receive");
    assertThatThrownBy(() -> load("mqtt.journal.dir=ftp://names/x"))
        .hasMessageContaining("mqtt.journal.dir")
        .hasMessageContaining("local folder, on hdfs:// or an object store");
    for (String size : List.of("0GB", "12", "many", "1TB")) {
      assertThatThrownBy(() -> load("mqtt.journal.max-size=" + size))
          .hasMessageContaining("mqtt.journal.max-size")
          .hasMessageContaining("200MB");
    }
    assertThatThrownBy(() -> load("mqtt.journal.flush=soon"))
        .hasMessageContaining("mqtt.journal.flush");
  }
}
