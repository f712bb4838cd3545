package io.motorwatch.tools;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/**
 * A stage knows the model and mqtt, never another stage; jobs know all stages, and tools know jobs.
 */
@AnalyzeClasses(packages = "io.motorwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {

  private static final String MODEL = "io.motorwatch.model..";
  private static final String MQTT = "io.motorwatch.mqtt..";
  private static final String SOURCE = "io.motorwatch.source..";
  private static final String TIMELINE = "io.motorwatch.timeline..";
  private static final String PATTERNS = "io.motorwatch.patterns..";
  private static final String TIERS = "io.motorwatch.tiers..";
  private static final String SINK = "io.motorwatch.sink..";
  private static final String JOBS = "io.motorwatch.jobs..";
  private static final String TOOLS = "io.motorwatch.tools..";
  private static final String LOCAL = "io.motorwatch.local..";

  /** A stage knows the model and what is shared about MQTT, and no other stage. */
  private static ArchRule knowsNoOtherStage(String stage) {
    String[] others =
        Stream.of(SOURCE, TIMELINE, PATTERNS, TIERS, SINK, JOBS, TOOLS, LOCAL)
            .filter(other -> !other.equals(stage))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(stage)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  @ArchTest
  static final ArchRule THE_MODEL_KNOWS_NO_OTHER_MODULE =
      noClasses()
          .that()
          .resideInAPackage(MODEL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MQTT, SOURCE, TIMELINE, PATTERNS, TIERS, SINK, JOBS, TOOLS, LOCAL);

  @ArchTest static final ArchRule MQTT_KNOWS_THE_MODEL_ALONE = knowsNoOtherStage(MQTT);
  @ArchTest static final ArchRule SOURCES_KNOW_NO_OTHER_STAGE = knowsNoOtherStage(SOURCE);
  @ArchTest static final ArchRule TIMELINE_KNOWS_NO_OTHER_STAGE = knowsNoOtherStage(TIMELINE);
  @ArchTest static final ArchRule PATTERNS_KNOW_NO_OTHER_STAGE = knowsNoOtherStage(PATTERNS);
  @ArchTest static final ArchRule TIERS_KNOW_NO_OTHER_STAGE = knowsNoOtherStage(TIERS);
  @ArchTest static final ArchRule SINKS_KNOW_NO_OTHER_STAGE = knowsNoOtherStage(SINK);

  @ArchTest
  static final ArchRule THE_SOURCE_DOES_WITHOUT_THE_PUBLISHING_CLIENTS =
      noClasses()
          .that()
          .resideInAnyPackage(SOURCE, "io.motorwatch.mqtt")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.motorwatch.mqtt.publish..", "com.hivemq..");

  @ArchTest
  static final ArchRule JOBS_KNOW_NO_TOOLS =
      noClasses()
          .that()
          .resideInAPackage(JOBS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(TOOLS, LOCAL);

  @ArchTest
  static final ArchRule LOCAL_SERVERS_KNOW_NOTHING_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage(LOCAL)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.motorwatch..").and(resideOutsideOfPackage(LOCAL)));

  @ArchTest
  static final ArchRule NO_CIRCLES_AMONG_THE_PACKAGES_OF_THE_TOOLS =
      slices().matching("io.motorwatch.tools.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_CIRCLES_AMONG_THE_PACKAGES_OF_THE_JOBS =
      slices().matching("io.motorwatch.jobs.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_GLOBAL_WATERMARKS =
      noClasses()
          .should()
          .callMethod(
              org.apache.flink.api.common.eventtime.WatermarkStrategy.class,
              "forBoundedOutOfOrderness",
              java.time.Duration.class)
          .orShould()
          .callMethod(
              org.apache.flink.api.common.eventtime.WatermarkStrategy.class,
              "forMonotonousTimestamps");
}
