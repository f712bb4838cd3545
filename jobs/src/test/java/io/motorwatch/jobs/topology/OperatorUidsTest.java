package io.motorwatch.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.jobs.cluster.Pipelines;
import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class OperatorUidsTest {

  private static StreamGraph graph() throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(2);
    Pipelines.addTo(
        env,
        ConfigLoader.load(Path.of("../conf/motorwatch.yaml"), List.of(), Map.of()),
        Branches.BOTH);
    return env.getStreamGraph();
  }

  @Test
  void everyOperatorHasItsUidAndNoUidIsLostOrNew() throws Exception {
    Set<String> uids =
        graph().getStreamNodes().stream()
            .map(StreamNode::getTransformationUID)
            .map(uid -> String.valueOf(uid).replaceFirst(": Writer$", ""))
            .collect(Collectors.toSet());
    assertThat(uids).containsExactlyInAnyOrderElementsOf(OperatorUids.ALL);
  }

  @Test
  void noOperatorNeedsKryo() throws Exception {
    assertThat(graph().getExecutionConfig().getSerializerConfig().hasGenericTypesDisabled())
        .isTrue();
  }
}
