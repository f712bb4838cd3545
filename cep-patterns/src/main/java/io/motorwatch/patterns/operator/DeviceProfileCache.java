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
 * The profiles of one pattern file used lately. A state read from RocksDB carries no profile, and
 * similar devices can share one. For the task thread only.
 */
final class DeviceProfileCache {

  /** Profiles kept; a power of two. */
  private static final int PLACES = 1024;

  private final PatternEvaluator evaluator;
  private final List<String> names;
  private final double[] defaults;

  /** By the indexes of the applicable patterns. */
  private final Map<BitSet, RequiredInputs> required = new HashMap<>();

  private final @Nullable DeviceProfile[] places = new DeviceProfile[PLACES];

  /**
   * @param names the file's variables
   * @param defaults their default values; NaN for none
   */
  DeviceProfileCache(PatternEvaluator evaluator, List<String> names, double[] defaults) {
    this.evaluator = evaluator;
    this.names = names;
    this.defaults = defaults;
  }

  DeviceProfile of(DeviceId device, Attributes attributes, FieldLayout layout) {
    DeviceLevels levels = evaluator.table().levelsOf(device);
    int hash = (attributes.hashCode() * 31 + layout.hashCode()) * 31 + levels.hashCode();
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    DeviceProfile profile = places[place];
    if (profile == null || !profile.isOf(levels, attributes, layout)) {
      BitSet applicable = applicable(attributes);
      if (required.size() == PLACES) {
        required.clear();
      }
      RequiredInputs all =
          required.computeIfAbsent(
              applicable, of -> new RequiredInputs(evaluator, of, names, defaults));
      profile = new DeviceProfile(evaluator, levels, attributes, layout, names, applicable, all);
      places[place] = profile;
    }
    return profile;
  }

  private BitSet applicable(Attributes attributes) {
    List<CompiledPattern> all = evaluator.patterns();
    BitSet applicable = new BitSet(all.size());
    for (int i = 0; i < all.size(); i++) {
      applicable.set(i, all.get(i).appliesTo(attributes));
    }
    return applicable;
  }
}
