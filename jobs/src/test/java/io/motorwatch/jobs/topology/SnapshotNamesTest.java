package io.motorwatch.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The names that stand in checkpoints and savepoints. Flink loads these classes when it restores:
 * one that is renamed or moved takes the state of every job with it. Add names, never remove one.
 */
class SnapshotNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.motorwatch.jobs.timeline.TimelineStateSerializer$Snapshot",
        "io.motorwatch.jobs.tiers.CurrentWindowSerializer$Snapshot",
        "io.motorwatch.jobs.tiers.CoarserWindowsSerializer$Snapshot",
        "io.motorwatch.jobs.tiers.WindowStatisticsSerializer$Snapshot",
        "io.motorwatch.timeline.TimelineStateSerializer$Snapshot",
        "io.motorwatch.tiers.CurrentWindowSerializer$Snapshot",
        "io.motorwatch.tiers.CoarserWindowsSerializer$Snapshot",
        "io.motorwatch.tiers.WindowStatisticsSerializer$Snapshot",
        "io.motorwatch.patterns.operator.DeviceStateSerializer$Snapshot",
        "io.motorwatch.model.serialization.AggregateSerializer$Snapshot",
        "io.motorwatch.model.serialization.DeviceEventSerializer$Snapshot",
        "io.motorwatch.model.serialization.RejectionSerializer$Snapshot",
      })
  @SuppressWarnings({"unchecked", "rawtypes"})
  void areStillThereAndTheirStateIsTakenAsItIs(String name) throws Exception {
    TypeSerializerSnapshot before =
        Class.forName(name)
            .asSubclass(TypeSerializerSnapshot.class)
            .getDeclaredConstructor()
            .newInstance();
    TypeSerializer now = before.restoreSerializer();
    assertThat(now.snapshotConfiguration().resolveSchemaCompatibility(before).isCompatibleAsIs())
        .isTrue();
  }
}
