package io.motorwatch.patterns.operator;

import io.motorwatch.model.Attributes;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.FieldLayout;
import io.motorwatch.patterns.signal.DeviceLevels;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The views of one pattern set used lately. A state that comes out of RocksDB has none with it, and
 * devices of a kind can do with one. For the task thread only.
 */
final class DeviceProfileCache {

  /** Kinds of devices remembered; a power of two. */
  private static final int PLACES = 1024;

  private final PatternEvaluator rules;
  private final List<String> names;
  private final double[] defaults;

  /** By the places of the rules they are of. */
  private final Map<BitSet, RequiredInputs> needs = new HashMap<>();

  private final @Nullable DeviceProfile[] places = new DeviceProfile[PLACES];

  /**
   * @param names the set's variables
   * @param defaults their values where a device says nothing else
   */
  DeviceProfileCache(PatternEvaluator rules, List<String> names, double[] defaults) {
    this.rules = rules;
    this.names = names;
    this.defaults = defaults;
  }

  DeviceProfile of(DeviceId device, Attributes attributes, FieldLayout layout) {
    DeviceLevels levels = rules.table().levelsOf(device);
    int hash = (attributes.hashCode() * 31 + layout.hashCode()) * 31 + levels.hashCode();
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    DeviceProfile view = places[place];
    if (view == null || !view.isOf(levels, attributes, layout)) {
      BitSet applicable = applicable(attributes);
      if (needs.size() == PLACES) {
        needs.clear();
      }
      RequiredInputs all =
          needs.computeIfAbsent(applicable, of -> new RequiredInputs(rules, of, names, defaults));
      view = new DeviceProfile(rules, levels, attributes, layout, names, applicable, all);
      places[place] = view;
    }
    return view;
  }

  private BitSet applicable(Attributes attributes) {
    List<CompiledPattern> all = rules.rules();
    BitSet applicable = new BitSet(all.size());
    for (int i = 0; i < all.size(); i++) {
      applicable.set(i, all.get(i).appliesTo(attributes));
    }
    return applicable;
  }
}
