package io.motorwatch.patterns.operator;

import io.motorwatch.model.DeviceId;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The keyed state of a subtask's devices, by {@code site/device}: that of the current key, or one
 * after the other. For the task thread only.
 */
final class DeviceStates {

  /** The name stands in savepoints. */
  static final ValueStateDescriptor<DeviceState> DESCRIPTOR =
      new ValueStateDescriptor<>("device", DeviceStateSerializer.INSTANCE);

  private final ValueState<DeviceState> current;
  private final KeyedStateBackend<String> backend;

  /**
   * @param current the state that {@link #DESCRIPTOR} describes
   */
  DeviceStates(ValueState<DeviceState> current, KeyedStateBackend<String> backend) {
    this.current = current;
    this.backend = backend;
  }

  /** The state of the current key, or null. */
  @Nullable DeviceState value() throws Exception {
    return current.value();
  }

  void update(DeviceState state) throws Exception {
    current.update(state);
  }

  void clear() {
    current.clear();
  }

  /** Returns whether it has changed the device's state. */
  @FunctionalInterface
  interface Action {
    boolean apply(DeviceId device, DeviceState state);
  }

  /** Applies an action to every device of the subtask that has state. */
  void forEach(Action action) throws Exception {
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        DESCRIPTOR,
        (key, each) -> {
          DeviceState state = each.value();
          if (state != null && action.apply(deviceOf(key), state)) {
            each.update(state);
          }
        });
  }

  private static DeviceId deviceOf(String key) {
    String[] path = key.split("/", 2);
    return new DeviceId(path[0], path[1]);
  }
}
