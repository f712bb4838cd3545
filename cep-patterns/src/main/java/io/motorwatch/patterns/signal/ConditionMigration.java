package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.signal.RestoredConditions.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches the conditions restored from state to those of another pattern file. A signal continues
 * as the same pattern had it; if that pattern had no level of its own, as patterns without
 * overrides had it; if there were none, as the first pattern with overrides had it. A composed
 * condition continues where its inputs, before the change, were composed in the same way. A
 * condition that counts readings continues with those of its input, however many were counted.
 */
final class ConditionMigration {

  private final List<Entry> before;
  private final Map<Long, Entry> byId = new HashMap<>();

  ConditionMigration(List<Entry> before) {
    this.before = before;
    before.forEach(each -> byId.put(each.id(), each));
  }

  /** By the index in the new file's table; null where nothing is restored. */
  @Nullable Entry[] of(ConditionTable table) {
    @Nullable Entry[] found = new Entry[table.size()];
    long[] sources = new long[found.length];
    for (int i = 0; i < found.length; i++) {
      ConditionId id = table.id(i);
      ConditionNode node = table.node(i);
      Entry restored = byId.get(id.own());
      if (node.kind() == ConditionNode.Kind.SIGNAL) {
        restored = restored == null ? withOtherLevel(id) : restored;
        sources[i] = restored == null ? id.own() : restored.id();
      } else if (node instanceof ConditionNode.Counted counted) {
        restored = counted(counted, sources[counted.what()]);
        sources[i] = restored == null ? id.own() : restored.id();
      } else {
        sources[i] = source(node, id, table, sources);
        restored = byId.get(sources[i]);
      }
      found[i] = restored;
    }
    return found;
  }

  private @Nullable Entry withOtherLevel(ConditionId id) {
    Entry first = null;
    for (Entry each : before) {
      if (each.shared() == id.shared()) {
        if (each.isPlain()) {
          return each;
        }
        first = first == null ? each : first;
      }
    }
    return first;
  }

  private @Nullable Entry counted(ConditionNode.Counted node, long what) {
    ConditionId then = ConditionId.ofCounted(node.count(), node.of(), what);
    Entry same = byId.get(then.own());
    return same != null
        ? same
        : before.stream().filter(each -> each.shared() == then.shared()).findFirst().orElse(null);
  }

  /** The id that the condition had when its inputs had their former ids. */
  private static long source(
      ConditionNode node, ConditionId id, ConditionTable table, long[] sources) {
    List<Integer> inputs = node.inputs();
    boolean same = inputs.stream().allMatch(input -> sources[input] == table.id(input).own());
    return same
        ? id.own()
        : ConditionId.ofOthers(
            node.kind().word(), inputs.stream().map(input -> sources[input]).toList());
  }
}
