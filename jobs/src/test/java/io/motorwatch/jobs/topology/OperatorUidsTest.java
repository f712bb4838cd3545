package io.motorwatch.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.jobs.config.ConfigLoader;
import io.motorwatch.jobs.topology.MotorwatchTopology.Branches;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class OperatorUidsTest {

  private static StreamGraph graph() throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(2);
    ConfiguredJob.addTo(
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
  void everythingBehindTheTimelineIsInOneChainWithIt() throws Exception {
    String chain =
        StreamSupport.stream(graph().getJobGraph().getVertices().spliterator(), false)
            .map(JobVertex::getName)
            .filter(name -> name.contains("timeline"))
            .collect(Collectors.joining("; "));
    assertThat(chain)
        .contains("patterns", "hot sink: Writer", "tiers", "tier sink: Writer")
        .doesNotContain(";");
  }

  @Test
  void noOperatorNeedsKryo() throws Exception {
    assertThat(graph().getExecutionConfig().getSerializerConfig().hasGenericTypesDisabled())
        .isTrue();
  }

  /** As Flink's UI and the scope of its metrics show them. */
  @Test
  void namesAreShortAndHaveADescription() throws Exception {
    for (StreamNode node : graph().getStreamNodes()) {
      assertThat(node.getOperatorName().replaceFirst(": Writer$|^Source: ", ""))
          .matches("[a-z ]{4,20}");
      if (!node.getOperatorName().endsWith(": Writer")) {
        // Without one of ours it is the name; Flink gives a sink's own to no operator.
        assertThat(node.getOperatorDescription()).isNotBlank().isNotEqualTo(node.getOperatorName());
      }
    }
  }
}
