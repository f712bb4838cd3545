package io.motorwatch.patterns.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What an editor sees of a pattern file: YAML by its core schema, which knows numbers where the
 * parser sees their text, validated by the shipped JSON Schema.
 */
final class EditorValidation {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode definition;
  private final Schema schema;

  EditorValidation() throws IOException {
    String text = Files.readString(Path.of("../conf/patterns.schema.json"));
    definition = new ObjectMapper().readTree(text);
    schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(definition);
  }

  /** The schema itself. */
  JsonNode definition() {
    return definition;
  }

  /** What the editor underlines. */
  List<String> complaints(String file) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    JsonNode seen = json(new Load(settings).loadFromString(file));
    return schema.validate(seen).stream().map(Error::toString).toList();
  }

  private static JsonNode json(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode node = NODES.objectNode();
      map.forEach((key, member) -> node.set(String.valueOf(key), json(member)));
      return node;
    }
    if (value instanceof List<?> list) {
      ArrayNode node = NODES.arrayNode();
      list.forEach(item -> node.add(json(item)));
      return node;
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof Double number) {
      return NODES.numberNode(number);
    }
    if (value instanceof BigInteger number) {
      return NODES.numberNode(number);
    }
    return value instanceof Number number
        ? NODES.numberNode(number.longValue())
        : NODES.textNode(String.valueOf(value));
  }
}
