package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceTopicTemplate;
import io.motorwatch.model.PatternFileUpdate;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.RejectionCounters;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.serialization.DeviceStatusSerializer;
import io.motorwatch.model.serialization.RejectionSerializer;
import io.motorwatch.patterns.definition.PatternFile;
import io.motorwatch.patterns.yaml.InvalidFileException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates patterns: signals, Flink CEP and the life cycle of alarms in one operator, keyed by
 * {@code site/device}. Takes a device's readings in the order of its own time, and emits each
 * transition of an alarm with the reading that causes it. No watermark, no timer per key.
 *
 * <p>Pattern files arrive in the same stream. The file in force is kept as union list state; after
 * a restart, the higher version of it and the configured file is in force. The rest of the state is
 * keyed. The result is a pure function of what a device sent and of the files in between, so that
 * replay after a failure gives the same alarms with the same ids.
 */
public final class PatternOperator extends AbstractStreamOperator<Alarm>
    implements OneInputStreamOperator<TimelineEvent, Alarm> {

  private static final long serialVersionUID = 1L;

  private static final Set<RejectReason> REASONS =
      Set.of(RejectReason.UNUSABLE_VALUE, RejectReason.UNKNOWN_ALARM);

  private static final ListStateDescriptor<String> FILES =
      new ListStateDescriptor<>("pattern-files", StringSerializer.INSTANCE);

  /** Requests for alarms that do not exist, and values that patterns need and cannot use. */
  public static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("rejected-requests", RejectionSerializer.INSTANCE.typeInfo(Rejection.class));

  /** The status of devices with values that patterns need and cannot use. */
  public static final OutputTag<DeviceStatus> STATUS =
      new OutputTag<>(
          "status-of-inputs", DeviceStatusSerializer.INSTANCE.typeInfo(DeviceStatus.class));

  private final PatternFile configured;
  private final DeviceTopicTemplate topics;
  private transient @Nullable String lastRequest;
  private transient PatternFile inForce;
  private transient @Nullable PatternEvaluator evaluator;
  private transient DeviceStates states;
  private transient ListState<String> files;
  private transient StreamRecord<Alarm> record;
  private transient Consumer<Alarm> emitter;
  private transient RejectionCounters rejections;
  private transient Counter raised;
  private transient Counter cleared;
  private transient boolean restored;
  private transient UnusableInputReporter inputReporter;
  private transient @Nullable ScheduledFuture<?> removal;

  /**
   * @param patternFile the text of the configured pattern file
   * @throws InvalidFileException with every fault of it
   */
  public PatternOperator(String patternFile) throws InvalidFileException {
    this(patternFile, DeviceTopicTemplate.UNKNOWN);
  }

  /**
   * @param patternFile the text of the configured pattern file
   * @param topics to name the topic of a nameplate that cannot be used
   * @throws InvalidFileException with every fault of it
   */
  @SuppressWarnings("NullAway.Init") // Transient fields are set when the operator is opened.
  public PatternOperator(String patternFile, DeviceTopicTemplate topics)
      throws InvalidFileException {
    this.configured = PatternFile.of(patternFile);
    this.topics = topics;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    files = context.getOperatorStateStore().getUnionListState(FILES);
    restored = context.isRestored();
    inForce = PatternFile.newest(configured, files.get());
  }

  @Override
  public void open() throws Exception {
    super.open();
    states = new DeviceStates(getPartitionedState(DeviceStates.DESCRIPTOR), getKeyedStateBackend());
    raised = getMetricGroup().counter("alarmsRaised");
    cleared = getMetricGroup().counter("alarmsCleared");
    getMetricGroup().gauge("patternVersion", () -> inForce.version());
    rejections = new RejectionCounters(getMetricGroup(), REASONS);
    inputReporter =
        new UnusableInputReporter(
            topics,
            rejection -> output.collect(REJECTED, new StreamRecord<>(rejection)),
            status -> output.collect(STATUS, new StreamRecord<>(status)),
            rejections.of(RejectReason.UNUSABLE_VALUE));
    record = new StreamRecord<>(null);
    emitter = this::emit;
    evaluator = new PatternEvaluator(inForce.parse(), inForce.text(), getRuntimeContext());
    if (restored) {
      // Patterns may have left the file while the job was down.
      long now = getProcessingTimeService().getCurrentProcessingTime();
      removal = getProcessingTimeService().registerTimer(now, at -> clearRemovedPatterns());
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    files.update(List.of(inForce.text()));
  }

  @Override
  public void processElement(StreamRecord<TimelineEvent> element) throws Exception {
    TimelineEvent event = element.getValue();
    if (event instanceof TimelineReading reading) {
      if (!reading.late()) {
        evaluate(reading);
      }
    } else if (event instanceof UnusableValues values) {
      reportUnusable(values);
    } else if (event instanceof DeviceSilence silence) {
      evaluate(silence);
    } else if (event instanceof PatternFileUpdate report) {
      adopt(report);
    } else if (event instanceof AlarmRequest request) {
      if (request.toAll()) {
        handleByAlarmId(request);
      } else {
        handle(request);
      }
    } else if (event instanceof ClockSetBack setBack) {
      restart(setBack);
    } else if (event instanceof DeviceForgotten forgotten) {
      clearAll(AlarmClearing.forgotten(forgotten));
    }
  }

  /** A pattern that is shelved stays so for as long as was requested. */
  private void restart(ClockSetBack setBack) throws Exception {
    DeviceState before = states.value();
    if (before == null) {
      return;
    }
    DeviceState after = evaluator().newState();
    after.alarms.takeShelved(
        before.alarms, setBack.to() - setBack.from(), id -> evaluator().pattern(id) != null);
    clearAll(AlarmClearing.clockSetBack(setBack));
    if (after.alarms.anyShelved()) {
      states.update(after);
    }
  }

  private void clearAll(AlarmClearing clearing) throws Exception {
    DeviceState state = states.value();
    if (state != null) {
      evaluator().removedPatternCleanup().clearAll(clearing, state, emitter);
      states.clear();
    }
  }

  private void evaluate(TimelineReading reading) throws Exception {
    PatternEvaluator patterns = evaluator();
    DeviceState known = states.value();
    DeviceState state = known == null ? patterns.newState() : known;
    patterns.evaluate(reading, state, emitter);
    inputReporter.evaluated(reading, state);
    states.update(state);
  }

  /** The decoder has already rejected what a device without a reading sent. */
  private void reportUnusable(UnusableValues values) throws Exception {
    DeviceState state = states.value();
    if (state != null) {
      inputReporter.unusable(
          values, evaluator().profileOf(values.device(), values.attributes()), state);
      states.update(state);
    }
  }

  /** A device without a reading has no time to date an alarm with. */
  private void evaluate(DeviceSilence silence) throws Exception {
    DeviceState state = states.value();
    if (state != null) {
      evaluator().evaluateSilence(silence, state, emitter);
      states.update(state);
    }
  }

  /** Each key group brings its copy; the first counts. */
  private void adopt(PatternFileUpdate report) throws Exception {
    if (report.version() <= inForce.version()) {
      return;
    }
    PatternFile next = new PatternFile(report.version(), report.text());
    PatternEvaluator before = evaluator();
    PatternEvaluator after = new PatternEvaluator(next.parse(), next.text(), getRuntimeContext());
    inForce = next;
    evaluator = after;
    before.close();
    if (before.patterns().stream().anyMatch(each -> after.pattern(each.id()) == null)) {
      clearRemovedPatterns();
    }
  }

  /** Clears the alarms of removed patterns, also those of silent devices. */
  private void clearRemovedPatterns() throws Exception {
    RemovedPatternCleanup removed = evaluator().removedPatternCleanup();
    states.forEach((device, state) -> removed.clearWithoutReading(device, state, emitter));
  }

  private void handle(AlarmRequest request) throws Exception {
    DeviceState state = states.value();
    String refusal = evaluator().requestHandler().handle(request, state, emitter);
    if (refusal.isEmpty()) {
      states.update(state);
    } else {
      rejections.of(RejectReason.UNKNOWN_ALARM).inc();
      output.collect(REJECTED, new StreamRecord<>(AlarmRequestHandler.rejection(request, refusal)));
    }
  }

  /**
   * Each key group brings its copy; the first counts. Nothing is rejected where no device has the
   * alarm, since each subtask knows only its own devices.
   */
  private void handleByAlarmId(AlarmRequest request) throws Exception {
    String id = request.alarmId() + " " + request.arrivedAt();
    if (id.equals(lastRequest)) {
      return;
    }
    lastRequest = id;
    AlarmRequestHandler handler = evaluator().requestHandler();
    states.forEach((device, state) -> handler.handleByAlarmId(request, device, state, emitter));
  }

  @Nullable DeviceState stateOfCurrentKey() throws Exception {
    return states.value();
  }

  private PatternEvaluator evaluator() {
    if (evaluator == null) {
      throw new IllegalStateException("not open");
    }
    return evaluator;
  }

  private void emit(Alarm alarm) {
    if (alarm.state() == AlarmState.RAISED) {
      raised.inc();
    } else if (alarm.state() == AlarmState.CLEARED) {
      cleared.inc();
    }
    output.collect(record.replace(alarm));
  }

  @Override
  public void close() throws Exception {
    try {
      if (removal != null) {
        removal.cancel(false);
      }
      if (evaluator != null) {
        evaluator.close();
      }
    } finally {
      super.close();
    }
  }
}
