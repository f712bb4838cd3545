package io.motorwatch.tools.history;

import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A bounded job over history on an embedded Flink cluster, without checkpoints: several devices in
 * parallel, each read while what was read before is evaluated. In memory are a few thousand
 * readings of each subtask, however long the history.
 */
public final class HistoryRun {

  /** Adds the operators of a run. */
  @FunctionalInterface
  public interface Job {
    /**
     * @param events by device, in the order recorded, each in the subtask of its device's key group
     */
    void addTo(DataStream<DeviceEvent> events) throws Exception;
  }

  /** By name: Flink hands a job copies of what it is made of, which can share nothing else. */
  private static final Map<String, HistoryRun> RUNS = new ConcurrentHashMap<>();

  private final String name = "history " + UUID.randomUUID();
  private final List<DeviceHistory> devices;
  private final Partitions partitions;
  private final HistoryProgress progress;

  /**
   * @param parallelism subtasks at most
   */
  public HistoryRun(List<? extends DeviceHistory> devices, int parallelism) {
    this.devices = List.copyOf(devices);
    this.partitions = Partitions.of(this.devices, parallelism);
    this.progress = new HistoryProgress(this.devices);
  }

  /** By as many subtasks as there are processors. */
  public HistoryRun(List<? extends DeviceHistory> devices) {
    this(devices, Runtime.getRuntime().availableProcessors());
  }

  /** How far it is, for any thread. */
  public HistoryProgress progress() {
    return progress;
  }

  /**
   * Runs to the end of history; once.
   *
   * @throws HistoryException if it cannot be read to its end
   */
  public JobExecutionResult execute(String title, Job job) throws Exception {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.MAX_PARALLELISM, partitions.keyGroups());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(partitions.parallelism(), settings);
    job.addTo(
        env.fromSource(
            new HistorySource(name),
            WatermarkStrategy.noWatermarks(),
            "history",
            DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class)));
    RUNS.put(name, this);
    try {
      return env.execute(title);
    } catch (Exception e) {
      HistoryException cause = progress.failure();
      throw cause == null ? e : cause;
    } finally {
      RUNS.remove(name);
    }
  }

  /** The run of a name that executes now. */
  static HistoryRun named(String name) {
    HistoryRun run = RUNS.get(name);
    if (run == null) {
      throw new IllegalStateException("no " + name + " in this process");
    }
    return run;
  }

  /** The reader of one subtask, of the devices whose key groups the subtask has. */
  HistoryReader reader(int subtask) {
    return new HistoryReader(
        devices.stream().filter(each -> partitions.of(each.device()) == subtask).toList(),
        progress);
  }
}
