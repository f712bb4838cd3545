package io.motorwatch.source.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.mqtt.ConnectProblem;
import io.motorwatch.source.mqtt.metrics.MqttSourceMetrics;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentationTest {

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "mqtt-source.md"));
  }

  @Test
  void showsTheExampleAsItCompiles() throws IOException {
    String example =
        Files.readString(
            Path.of(
                "src", "test", "java", "io", "motorwatch", "source", "mqtt", "ExampleJob.java"));
    String shown = example.substring(example.indexOf("import"));
    assertThat(page()).contains("```java\n" + shown + "```");
  }

  @Test
  void namesEveryOption() throws IOException {
    String page = page();
    for (Method method : MqttSourceBuilder.class.getMethods()) {
      if (method.getReturnType() == MqttSourceBuilder.class) {
        assertThat(page).contains("| `" + method.getName() + "` |");
      }
    }
  }

  @Test
  void namesEveryMetricAndEveryKindOfProblem() throws Exception {
    String page = page();
    for (Field field : MqttSourceMetrics.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        assertThat(page).contains("`" + field.get(null));
      }
    }
    for (ConnectProblem.Kind kind : ConnectProblem.Kind.values()) {
      assertThat(page).contains("| `" + kind + "` |");
    }
  }
}
