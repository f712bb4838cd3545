package io.motorwatch.patterns.yaml;

import io.motorwatch.patterns.yaml.YamlNode.Mapping;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import io.motorwatch.patterns.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads one YAML document (JSON is YAML) into nodes with their place. Files also arrive over the
 * network, so size and nesting are limited, and aliases, which could expand without bound, are
 * rejected.
 */
public final class YamlReader {

  /** Characters of the largest file read. */
  public static final int MAX_CHARACTERS = 1 << 20;

  /** Nesting of lists and mappings. */
  private static final int MAX_DEPTH = 40;

  private YamlReader() {}

  /**
   * @throws InvalidFileException with the place, if the text is no YAML or breaks a limit
   */
  public static YamlNode read(String text) throws InvalidFileException {
    if (text.length() > MAX_CHARACTERS) {
      throw fault(new Position(1, 1), "larger than " + MAX_CHARACTERS + " characters");
    }
    LoadSettings settings =
        LoadSettings.builder().setUseMarks(true).setAllowDuplicateKeys(false).build();
    try {
      refuseAliasesAndDepth(new Parse(settings).parseString(text));
      Optional<Node> root = new Compose(settings).composeString(text);
      return root.isPresent() ? convert(root.get()) : new Mapping(Map.of(), new Position(1, 1));
    } catch (MarkedYamlEngineException e) {
      throw fault(
          e.getProblemMark().map(YamlReader::at).orElse(new Position(1, 1)),
          YamlErrorText.of(e.getProblem()));
    } catch (YamlEngineException e) {
      throw fault(new Position(1, 1), YamlErrorText.of(e.getMessage()));
    }
  }

  /**
   * Checks the parser's events before nodes are made: making nodes is recursive, so that a few
   * thousand brackets would overflow the stack. Stops at the first fault. The engine's own
   * rejection of aliases gives no place, and allows aliases of single values.
   */
  private static void refuseAliasesAndDepth(Iterable<Event> events) throws InvalidFileException {
    int open = 0;
    for (Event event : events) {
      switch (event.getEventId()) {
        case SequenceStart, MappingStart -> {
          open++;
          if (open > MAX_DEPTH) {
            throw fault(begin(event), "nested deeper than " + MAX_DEPTH + " levels");
          }
        }
        case SequenceEnd, MappingEnd -> open--;
        case Alias -> throw fault(begin(event), "aliases are not supported: write the value out");
        default -> {
          // Single values do not nest.
        }
      }
    }
  }

  private static Position begin(Event event) {
    return event.getStartMark().map(YamlReader::at).orElse(new Position(1, 1));
  }

  private static YamlNode convert(Node node) throws InvalidFileException {
    Position position = position(node);
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item));
      }
      return new Sequence(List.copyOf(items), position);
    }
    if (node instanceof MappingNode mapping) {
      Map<Scalar, YamlNode> entries = new LinkedHashMap<>();
      Map<String, Position> seen = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
          throw fault(position(tuple.getKeyNode()), "a key must be a single word");
        }
        Scalar name = scalar(key);
        Position first = seen.putIfAbsent(name.text(), name.position());
        if (first != null) {
          throw fault(
              name.position(),
              "'" + name.text() + "' stands here a second time; first on " + first);
        }
        entries.put(name, convert(tuple.getValueNode()));
      }
      return new Mapping(entries, position);
    }
    throw fault(position, "neither a value, nor a list, nor a mapping");
  }

  private static Scalar scalar(ScalarNode node) {
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    return new Scalar(node.getValue(), plain, position(node));
  }

  private static Position position(Node node) {
    return node.getStartMark().map(YamlReader::at).orElse(new Position(1, 1));
  }

  private static Position at(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static InvalidFileException fault(Position position, String message) {
    return new InvalidFileException(List.of(new Problem(position, message)));
  }
}
