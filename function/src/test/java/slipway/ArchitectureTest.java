package slipway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;

@AnalyzeClasses(packages = "slipway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final List<String> ORDER =
      List.of(
          "upload",
          "artifact",
          "image",
          "template",
          "rollout",
          "alarm",
          "verdict",
          "record",
          "deployment",
          "rollback",
          "prune");
  private static final String[] LEAVES = {"fault", "settings", "time", "audit"};

  @ArchTest static final ArchRule artifactLooksLeft = looksLeft("artifact");
  @ArchTest static final ArchRule imageLooksLeft = looksLeft("image");
  @ArchTest static final ArchRule templateLooksLeft = looksLeft("template");
  @ArchTest static final ArchRule rolloutLooksLeft = looksLeft("rollout");
  @ArchTest static final ArchRule alarmLooksLeft = looksLeft("alarm");
  @ArchTest static final ArchRule verdictLooksLeft = looksLeft("verdict");
  @ArchTest static final ArchRule recordLooksLeft = looksLeft("record");
  @ArchTest static final ArchRule deploymentLooksLeft = looksLeft("deployment");
  @ArchTest static final ArchRule rollbackLooksLeft = looksLeft("rollback");
  @ArchTest static final ArchRule pruneLooksLeft = looksLeft("prune");
  @ArchTest static final ArchRule uploadLooksLeft = looksLeft("upload");

  @ArchTest
  static final ArchRule leavesKnowOnlyFaults =
      noClasses()
          .that()
          .resideInAnyPackage(packages(LEAVES))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(ORDER.toArray(new String[0])))
          .because("leaves know no stage; move what they need into the leaf or the call out of it");

  @ArchTest
  static final ArchRule onlyWiringKnowsGcp =
      noClasses()
          .that()
          .resideOutsideOfPackage("slipway.gcp..")
          .and()
          .doNotHaveSimpleName("Wiring")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("slipway.gcp..")
          .because("stages own their ports; only Wiring chooses what stands behind them");

  @ArchTest
  static final ArchRule onlyGcpKnowsGooglesClients =
      noClasses()
          .that()
          .resideOutsideOfPackage("slipway.gcp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.google.cloud.storage..",
              "com.google.cloud.compute..",
              "com.google.api..",
              "com.google.protobuf..")
          .because("Google's types stop at the door; take a record of the stage's own");

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching("slipway.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a cycle has no reading order; move the shared type left");

  @ArchTest
  static final ArchRule portsAndStagesArePublicWhereOthersNeedThem =
      classes()
          .that()
          .haveSimpleNameEndingWith("Stage")
          .and()
          .areNotEnums()
          .should()
          .bePublic()
          .because("the story in Deployer names every stage");

  private static ArchRule looksLeft(String name) {
    List<String> right = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size());
    return noClasses()
        .that()
        .resideInAPackage("slipway." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            packages(
                right.isEmpty()
                    ? List.of("gcp").toArray(new String[0])
                    : right.toArray(new String[0])))
        .because("each stage takes the proof of the one before: " + String.join(" < ", ORDER));
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(name -> "slipway." + name + "..").toArray(String[]::new);
  }
}
