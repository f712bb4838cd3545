package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternSet;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * Evaluates patterns for one device outside of a Flink job, with the code that the job runs. For
 * one thread; must be closed.
 */
public final class SingleDeviceEvaluator implements AutoCloseable {

  private final PatternEvaluator evaluator;
  private final DeviceState state;
  private final Consumer<Alarm> out;

  /**
   * @param text the file the set was read from
   * @param out receives each transition as it happens
   */
  public SingleDeviceEvaluator(PatternSet set, String text, Consumer<Alarm> out) throws Exception {
    this.evaluator = new PatternEvaluator(set, text, noTask());
    this.state = evaluator.newState();
    this.out = out;
  }

  /** Flink CEP requires a runtime context for its conditions; ours never use it. */
  static RuntimeContext noTask() {
    return (RuntimeContext)
        Proxy.newProxyInstance(
            SingleDeviceEvaluator.class.getClassLoader(),
            new Class<?>[] {RuntimeContext.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(
                  method.getName() + ": there is no task outside of a job");
            });
  }

  /** Evaluates the next reading, whose device time is not before the last. */
  public void reading(TimelineReading reading) throws Exception {
    evaluator.evaluate(reading, state, out);
  }

  public void silence(DeviceSilence silence) throws Exception {
    evaluator.evaluateSilence(silence, state, out);
  }

  @Override
  public void close() throws Exception {
    evaluator.close();
  }
}
