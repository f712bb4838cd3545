package io.motorwatch.patterns.sequence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The map states that Flink's shared buffer asks for, in memory: filled from the device's state
 * before an event and written back after it. Flink's buffer has fixed names for its three maps, so
 * two buffers cannot share an operator; and a state registered with Flink stays registered, so
 * patterns that come and go at run time would leave theirs behind indefinitely.
 */
class MemoryStateStore implements KeyedStateStore {

  private final List<MemoryMapState<?, ?>> maps = new ArrayList<>();

  void clear() {
    maps.forEach(MemoryMapState::clear);
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(maps.size());
    for (MemoryMapState<?, ?> map : maps) {
      map.write(out);
    }
  }

  void read(DataInputView in) throws IOException {
    int count = in.readByte();
    if (count != maps.size()) {
      throw new IOException(
          "a sequence of %d maps where Flink CEP now has %d: written by another version of Flink"
              .formatted(count, maps.size()));
    }
    for (MemoryMapState<?, ?> map : maps) {
      map.read(in);
    }
  }

  @Override
  public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
    MemoryMapState<K, V> map =
        new MemoryMapState<>(descriptor.getKeySerializer(), descriptor.getValueSerializer());
    maps.add(map);
    return map;
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
    throw unused();
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
    throw unused();
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
    throw unused();
  }

  @Override
  public <I, A, O> AggregatingState<I, O> getAggregatingState(
      AggregatingStateDescriptor<I, A, O> descriptor) {
    throw unused();
  }

  @Override
  public <T> org.apache.flink.api.common.state.v2.ValueState<T> getValueState(
      org.apache.flink.api.common.state.v2.ValueStateDescriptor<T> descriptor) {
    throw unused();
  }

  @Override
  public <T> org.apache.flink.api.common.state.v2.ListState<T> getListState(
      org.apache.flink.api.common.state.v2.ListStateDescriptor<T> descriptor) {
    throw unused();
  }

  @Override
  public <K, V> org.apache.flink.api.common.state.v2.MapState<K, V> getMapState(
      org.apache.flink.api.common.state.v2.MapStateDescriptor<K, V> descriptor) {
    throw unused();
  }

  @Override
  public <T> org.apache.flink.api.common.state.v2.ReducingState<T> getReducingState(
      org.apache.flink.api.common.state.v2.ReducingStateDescriptor<T> descriptor) {
    throw unused();
  }

  @Override
  public <I, A, O> org.apache.flink.api.common.state.v2.AggregatingState<I, O> getAggregatingState(
      org.apache.flink.api.common.state.v2.AggregatingStateDescriptor<I, A, O> descriptor) {
    throw unused();
  }

  @Override
  public String getBackendTypeIdentifier() {
    return "memory";
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("Flink CEP keeps maps only");
  }
}
