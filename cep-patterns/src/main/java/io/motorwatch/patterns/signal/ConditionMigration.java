package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.signal.RestoredConditions.Kept;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the conditions kept under one pattern file becomes which under another. A signal as a
 * pattern sees it goes on as that pattern saw it; where there was no such view of it, as the
 * patterns without overrides saw it; where there were none of those, as the first that had
 * overrides did. A condition made of others goes on where those it is made of by then were followed
 * as just that.
 */
final class ConditionMigration {

  private final List<Kept> before;
  private final Map<Long, Kept> byId = new HashMap<>();

  ConditionMigration(List<Kept> before) {
    this.before = before;
    before.forEach(each -> byId.put(each.id(), each));
  }

  /** By the index in the new file's table; null where nothing was kept. */
  @Nullable Kept[] of(ConditionTable table) {
    @Nullable Kept[] found = new Kept[table.size()];
    long[] sources = new long[found.length];
    for (int i = 0; i < found.length; i++) {
      ConditionId id = table.id(i);
      ConditionNode node = table.node(i);
      Kept kept = byId.get(id.own());
      if (node.kind() == NodeKind.SIGNAL) {
        kept = kept == null ? otherView(id) : kept;
        sources[i] = kept == null ? id.own() : kept.id();
      } else {
        sources[i] = source(node, id, table, sources);
        kept = byId.get(sources[i]);
      }
      found[i] = kept;
    }
    return found;
  }

  private @Nullable Kept otherView(ConditionId id) {
    Kept first = null;
    for (Kept each : before) {
      if (each.shared() == id.shared()) {
        if (each.isPlain()) {
          return each;
        }
        first = first == null ? each : first;
      }
    }
    return first;
  }

  /** The id the condition had when those it is made of were those they come from. */
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
