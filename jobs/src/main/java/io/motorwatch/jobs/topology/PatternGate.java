package io.motorwatch.jobs.topology;

import io.motorwatch.jobs.config.CommandsConfig;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.PatternFileUpdate;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.RejectionCounters;
import io.motorwatch.model.serialization.RejectionSerializer;
import io.motorwatch.patterns.definition.PatternFile;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.Problem;
import io.motorwatch.source.decode.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets published pattern files in: checks one wholly, compares it with that in force, and sends it
 * to every key group. What is refused leaves the file in force as it is and is kept as rejected at
 * once. What became of each file goes out as a {@link PatternVerdict}. Has a parallelism of one.
 * The file in force is kept as union list state; after a restart the highest version of it and the
 * configured file counts, as for {@code PatternOperator}.
 */
final class PatternGate extends ProcessFunction<String, DeviceEvent>
    implements CheckpointedFunction {

  static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("rejected-patterns", RejectionSerializer.INSTANCE.typeInfo(Rejection.class));

  /** The JSON of a {@link PatternVerdict} for each published file. */
  static final OutputTag<String> VERDICTS = new OutputTag<>("pattern-verdicts", Types.STRING);

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PatternGate.class);

  private final PatternFile configured;
  private final boolean live;
  private final CommandsConfig commands;
  private final int maxParallelism;
  private transient PatternFile inForce;
  private transient ListState<String> files;
  private transient DeviceId[] keyGroups;
  private transient Counter taken;
  private transient Counter refused;
  private transient RejectionCounters rejections;

  /**
   * @param live whether published files are taken at all
   * @param commands whether a pattern's command is sent, to say so where it is not
   * @param maxParallelism the number of key groups of the keyed part
   * @throws InvalidFileException with every fault of the configured file
   */
  PatternGate(String configured, boolean live, CommandsConfig commands, int maxParallelism)
      throws InvalidFileException {
    this.configured = PatternFile.of(configured);
    this.live = live;
    this.commands = commands;
    this.maxParallelism = maxParallelism;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    files =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("pattern-files", StringSerializer.INSTANCE));
    inForce = PatternFile.newest(configured, files.get());
  }

  @Override
  public void open(OpenContext context) {
    keyGroups = KeyGroups.representatives(maxParallelism);
    taken = getRuntimeContext().getMetricGroup().counter("patternFilesTaken");
    refused = getRuntimeContext().getMetricGroup().counter("patternFilesRefused");
    rejections =
        new RejectionCounters(
            getRuntimeContext().getMetricGroup(), Set.of(RejectReason.PATTERNS_REFUSED));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    files.update(List.of(inForce.text()));
  }

  @Override
  public void processElement(String document, Context context, Collector<DeviceEvent> out) {
    // The broker sends the retained file with every subscription.
    if (document.equals(inForce.text())) {
      long now = context.timerService().currentProcessingTime();
      context.output(VERDICTS, PatternVerdict.inForce(document, inForce.version(), now).json());
      return;
    }
    if (!live) {
      refuse(
          document,
          List.of(
              PatternVerdict.fault(
                  "patterns.live is false: patterns come from patterns.file only")),
          context);
      return;
    }
    PatternFile next;
    PatternSet set;
    try {
      set = PatternFileParser.parse(document);
      next = new PatternFile(set.version(), document);
    } catch (InvalidFileException e) {
      refuse(document, e.problems(), context);
      return;
    } catch (StackOverflowError | RuntimeException e) {
      // The broker retains the file: failing here would fail the job again after each restart.
      LOG.error("Checking a published pattern file failed", e);
      refuse(
          document,
          List.of(
              PatternVerdict.fault(
                  "checking the file failed, which it never should: it may be nested too deeply;"
                      + " else report this fault of motorwatch with the file and the log")),
          context);
      return;
    }
    if (next.version() <= inForce.version()) {
      refuse(
          document,
          List.of(
              PatternVerdict.fault(
                  "version "
                      + next.version()
                      + " is not higher than "
                      + inForce.version()
                      + ", which is in force: raise version with every change")),
          context);
      return;
    }
    inForce = next;
    taken.inc();
    LOG.info("Pattern file version {} is in force from here on", next.version());
    DisabledCommandsWarning.warning(set, commands).ifPresent(LOG::warn);
    long now = context.timerService().currentProcessingTime();
    for (DeviceId keyGroup : keyGroups) {
      out.collect(new PatternFileUpdate(keyGroup, next.version(), next.text(), now));
    }
    context.output(VERDICTS, PatternVerdict.inForce(document, next.version(), now).json());
  }

  private void refuse(String document, List<Problem> faults, Context context) {
    String why = PatternVerdict.text(faults);
    long now = context.timerService().currentProcessingTime();
    context.output(VERDICTS, PatternVerdict.refused(document, faults, now).json());
    refused.inc();
    rejections.of(RejectReason.PATTERNS_REFUSED).inc();
    LOG.warn("A pattern file on {} was refused: {}", MessageDecoder.PATTERNS_TOPIC, why);
    context.output(
        REJECTED,
        new Rejection(
            RejectReason.PATTERNS_REFUSED,
            DeviceId.DEFAULT_SITE,
            "",
            MessageDecoder.PATTERNS_TOPIC,
            why,
            Rejection.excerpt(document.getBytes(StandardCharsets.UTF_8)),
            now));
  }
}
