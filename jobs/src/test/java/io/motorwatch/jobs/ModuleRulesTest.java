package io.motorwatch.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Sources, patterns and sinks know the model and never each other. */
@AnalyzeClasses(packages = "io.motorwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {

  private static final String MODEL = "io.motorwatch.model..";
  private static final String SOURCE = "io.motorwatch.source..";
  private static final String PATTERNS = "io.motorwatch.patterns..";
  private static final String SINK = "io.motorwatch.sink..";
  private static final String JOBS = "io.motorwatch.jobs..";
  private static final String LOCAL = "io.motorwatch.local..";

  @ArchTest
  static final ArchRule MODEL_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage(MODEL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SOURCE, PATTERNS, SINK, JOBS, LOCAL);

  @ArchTest
  static final ArchRule SOURCES_KNOW_THE_MODEL_ALONE =
      noClasses()
          .that()
          .resideInAPackage(SOURCE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PATTERNS, SINK, JOBS, LOCAL);

  @ArchTest
  static final ArchRule PATTERNS_KNOW_THE_MODEL_ALONE =
      noClasses()
          .that()
          .resideInAPackage(PATTERNS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SOURCE, SINK, JOBS, LOCAL);

  @ArchTest
  static final ArchRule SINKS_KNOW_THE_MODEL_ALONE =
      noClasses()
          .that()
          .resideInAPackage(SINK)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SOURCE, PATTERNS, JOBS, LOCAL);

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
