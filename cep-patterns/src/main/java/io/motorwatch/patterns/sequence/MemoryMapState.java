package io.motorwatch.patterns.sequence;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** One of Flink CEP's map states, for the current device; written and read as a whole. */
final class MemoryMapState<K, V> implements MapState<K, V> {

  private final TypeSerializer<K> keys;
  private final TypeSerializer<V> values;
  private final Map<K, V> entries = new HashMap<>();

  MemoryMapState(TypeSerializer<K> keys, TypeSerializer<V> values) {
    this.keys = keys;
    this.values = values;
  }

  void write(DataOutputView out) throws IOException {
    out.writeInt(entries.size());
    for (Map.Entry<K, V> entry : entries.entrySet()) {
      keys.serialize(entry.getKey(), out);
      values.serialize(entry.getValue(), out);
    }
  }

  /** Replaces what is in it. */
  void read(DataInputView in) throws IOException {
    entries.clear();
    for (int n = in.readInt(); n > 0; n--) {
      K key = keys.deserialize(in);
      entries.put(key, values.deserialize(in));
    }
  }

  @Override
  public V get(K key) {
    return entries.get(key);
  }

  @Override
  public void put(K key, V value) {
    entries.put(key, value);
  }

  @Override
  public void putAll(Map<K, V> map) {
    entries.putAll(map);
  }

  @Override
  public void remove(K key) {
    entries.remove(key);
  }

  @Override
  public boolean contains(K key) {
    return entries.containsKey(key);
  }

  @Override
  public Iterable<Map.Entry<K, V>> entries() {
    return entries.entrySet();
  }

  @Override
  public Iterable<K> keys() {
    return entries.keySet();
  }

  @Override
  public Iterable<V> values() {
    return entries.values();
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return entries.entrySet().iterator();
  }

  @Override
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public void clear() {
    entries.clear();
  }
}
