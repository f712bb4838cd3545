package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.PatternsReport;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.RejectionCounters;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.TopicRoot;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.serialization.DeviceStatusSerializer;
import io.motorwatch.model.serialization.RejectionSerializer;
import io.motorwatch.patterns.yaml.InvalidFileException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Judges devices by patterns: signals, Flink CEP and the life of alarms in one operator, keyed by
 * {@code site/device}. Takes a device's readings in the order of its own time and emits an alarm's
 * transition with the very reading that brings it about. No watermark, no timer of any key.
 *
 * <p>Pattern files arrive in the same stream. The one in force is kept as union list state, and
 * after a restart the highest version of it and the configured file counts. The rest of the state
 * is keyed, and the result a pure function of what a device sent and of the files between, so that
 * replay after a failure gives the same alarms with the same ids.
 */
public final class PatternOperator extends AbstractStreamOperator<Alarm>
    implements OneInputStreamOperator<TimelineEvent, Alarm> {

  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<DeviceState> DEVICE =
      new ValueStateDescriptor<>("device", DeviceStateSerializer.INSTANCE);

  private static final ListStateDescriptor<String> FILES =
      new ListStateDescriptor<>("pattern-files", StringSerializer.INSTANCE);

  /** Requests about alarms there are not, and values that the patterns need and cannot use. */
  public static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("rejected-requests", RejectionSerializer.INSTANCE.typeInfo(Rejection.class));

  /** What is said of values that the patterns need and cannot use. */
  public static final OutputTag<DeviceStatus> STATUS =
      new OutputTag<>(
          "status-of-inputs", DeviceStatusSerializer.INSTANCE.typeInfo(DeviceStatus.class));

  private final PatternFile configured;
  private final TopicRoot topics;
  private transient @Nullable String lookedFor;
  private transient PatternFile inForce;
  private transient @Nullable PatternEvaluator rules;
  private transient ValueState<DeviceState> states;
  private transient ListState<String> files;
  private transient StreamRecord<Alarm> record;
  private transient Consumer<Alarm> emitter;
  private transient Counter raised;
  private transient Counter cleared;
  private transient boolean restored;
  private transient UnusableInputReporter inputs;
  private transient @Nullable ScheduledFuture<?> removal;

  /**
   * @param patternFile the text of the configured pattern file
   * @throws InvalidFileException with every fault of it
   */
  public PatternOperator(String patternFile) throws InvalidFileException {
    this(patternFile, TopicRoot.UNKNOWN);
  }

  /**
   * @param patternFile the text of the configured pattern file
   * @param topics to name the topic of a nameplate that cannot be used
   * @throws InvalidFileException with every fault of it
   */
  @SuppressWarnings("NullAway.Init") // Transient fields are set when the operator is opened.
  public PatternOperator(String patternFile, TopicRoot topics) throws InvalidFileException {
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
    states = getPartitionedState(DEVICE);
    raised = getMetricGroup().counter("alarmsRaised");
    cleared = getMetricGroup().counter("alarmsCleared");
    getMetricGroup().gauge("patternVersion", () -> inForce.version());
    inputs =
        new UnusableInputReporter(
            topics,
            rejection -> output.collect(REJECTED, new StreamRecord<>(rejection)),
            status -> output.collect(STATUS, new StreamRecord<>(status)),
            new RejectionCounters(getMetricGroup(), Set.of(RejectReason.UNUSABLE_VALUE))
                .of(RejectReason.UNUSABLE_VALUE));
    record = new StreamRecord<>(null);
    emitter = this::emit;
    rules = new PatternEvaluator(inForce.parse(), inForce.text(), getRuntimeContext());
    if (restored) {
      // Patterns may have left the file while the job was down.
      long now = getProcessingTimeService().getCurrentProcessingTime();
      removal = getProcessingTimeService().registerTimer(now, at -> retire(rules));
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
        judge(reading);
      }
    } else if (event instanceof UnusableValues values) {
      evaluate(values);
    } else if (event instanceof DeviceSilence silence) {
      judge(silence);
    } else if (event instanceof PatternsReport report) {
      adopt(report);
    } else if (event instanceof AlarmRequest request) {
      if (request.toAll()) {
        lookFor(request);
      } else {
        ask(request);
      }
    } else if (event instanceof ClockSetBack setBack) {
      startAnew(setBack);
    } else if (event instanceof DeviceForgotten forgotten) {
      end(AlarmClearing.forgotten(forgotten));
    }
  }

  /** What somebody has shelved stays so for as long as was asked. */
  private void startAnew(ClockSetBack setBack) throws Exception {
    DeviceState kept = states.value();
    if (kept == null) {
      return;
    }
    DeviceState anew = running().fresh();
    anew.alarms.takeShelved(
        kept.alarms, setBack.to() - setBack.from(), pattern -> running().rule(pattern) != null);
    end(AlarmClearing.clockSetBack(setBack));
    if (anew.alarms.anyShelved()) {
      states.update(anew);
    }
  }

  private void end(AlarmClearing ending) throws Exception {
    DeviceState kept = states.value();
    if (kept != null) {
      running().end(ending, kept, emitter);
      states.clear();
    }
  }

  private void judge(TimelineReading reading) throws Exception {
    PatternEvaluator judge = running();
    DeviceState kept = states.value();
    DeviceState state = kept == null ? judge.fresh() : kept;
    judge.judge(reading, state, emitter);
    inputs.judged(reading, state);
    states.update(state);
  }

  /** Of a device without a reading the decoder has said all there is to say. */
  private void evaluate(UnusableValues values) throws Exception {
    DeviceState state = states.value();
    if (state != null) {
      inputs.unusable(values, running().viewOf(values.device(), values.attributes()), state);
      states.update(state);
    }
  }

  /** Of a device without a reading there is no time to date an alarm with. */
  private void judge(DeviceSilence silence) throws Exception {
    DeviceState state = states.value();
    if (state != null) {
      running().judgeSilence(silence, state, emitter);
      states.update(state);
    }
  }

  /** Each key group brings its copy; the first counts. */
  private void adopt(PatternsReport report) throws Exception {
    if (report.version() <= inForce.version()) {
      return;
    }
    PatternFile next = new PatternFile(report.version(), report.text());
    PatternEvaluator before = running();
    PatternEvaluator after = new PatternEvaluator(next.parse(), next.text(), getRuntimeContext());
    inForce = next;
    rules = after;
    before.close();
    if (before.rules().stream().anyMatch(rule -> after.rule(rule.id()) == null)) {
      retire(after);
    }
  }

  /** Clears the alarms of patterns that are gone, also of devices that say nothing. */
  private void retire(@Nullable PatternEvaluator set) throws Exception {
    if (set == null) {
      return;
    }
    this.<String>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            DEVICE,
            (key, state) -> {
              DeviceState device = state.value();
              if (device != null && set.retire(device, deviceOf(key), emitter)) {
                state.update(device);
              }
            });
  }

  private void ask(AlarmRequest request) throws Exception {
    DeviceState state = states.value();
    CompiledPattern rule = running().rule(request.pattern());
    if (state == null || rule == null) {
      refuse(request, state == null ? "the device has sent nothing" : "there is no such pattern");
      return;
    }
    if (!running().desk().handle(request, rule, state, request.device(), emitter)) {
      refuse(
          request,
          state.alarms.isOpen(rule.id())
              ? "the alarm has not been told, since the pattern is shelved: acknowledge it once it"
                  + " is told"
              : "the alarm is not open");
      return;
    }
    states.update(state);
  }

  /** Each key group brings its copy, and the first counts. That nobody has the alarm none knows. */
  private void lookFor(AlarmRequest request) throws Exception {
    String id = request.alarmId() + " " + request.arrivedAt();
    if (id.equals(lookedFor)) {
      return;
    }
    lookedFor = id;
    PatternEvaluator set = running();
    this.<String>getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            DEVICE,
            (key, each) -> {
              DeviceState state = each.value();
              if (state == null || !state.alarms.anyOpen()) {
                return;
              }
              CompiledPattern rule = set.ruleOfAlarm(request.alarmId(), state, deviceOf(key));
              if (rule != null && set.desk().handle(request, rule, state, deviceOf(key), emitter)) {
                each.update(state);
              }
            });
  }

  private void refuse(AlarmRequest request, String why) {
    DeviceId device = request.device();
    boolean shelve = request.action() instanceof AlarmRequest.Shelve;
    output.collect(
        REJECTED,
        new StreamRecord<>(
            new Rejection(
                RejectReason.UNKNOWN_ALARM,
                device.site(),
                device.device(),
                shelve ? "motorwatch/shelve" : "motorwatch/ack",
                "pattern " + request.pattern() + ": " + why,
                "",
                request.arrivedAt())));
  }

  private static DeviceId deviceOf(String key) {
    String[] path = key.split("/", 2);
    return new DeviceId(path[0], path[1]);
  }

  @Nullable DeviceState stateOfCurrentKey() throws Exception {
    return states.value();
  }

  private PatternEvaluator running() {
    if (rules == null) {
      throw new IllegalStateException("not open");
    }
    return rules;
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
      if (rules != null) {
        rules.close();
      }
    } finally {
      super.close();
    }
  }
}
