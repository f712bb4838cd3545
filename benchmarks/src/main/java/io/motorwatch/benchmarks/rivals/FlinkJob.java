package io.motorwatch.benchmarks.rivals;

import java.util.SortedSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A stream taken through a Flink job of one chain, and so of one thread, with state on the heap.
 * One at a time in a process: what flows is found by static reference, as Flink copies what
 * operators hold.
 */
final class FlinkJob {

  private static LoadStream stream = LoadStream.of(0, 0, 0);
  private static Findings findings = new Findings();

  private FlinkJob() {}

  /** Puts operators behind the readings; they report with {@link #found}. */
  interface Operators {
    void addTo(KeyedStream<Sample, String> samples) throws Exception;
  }

  static void found(Raised raised) {
    findings.add(raised);
  }

  static SortedSet<Raised> run(LoadStream readings, Operators operators) throws Exception {
    stream = readings;
    findings = new Findings();
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    operators.addTo(
        DataStreamUtils.reinterpretAsKeyedStream(
            env.fromSource(
                new DataGeneratorSource<>(
                    index -> stream.get(index.intValue()),
                    readings.size(),
                    TypeInformation.of(Sample.class)),
                WatermarkStrategy.noWatermarks(),
                "samples"),
            sample -> sample.device,
            Types.STRING));
    env.execute("cep");
    return findings.all();
  }
}
