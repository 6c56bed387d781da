package localcloud;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  /** Each package may import those of the rows above its own, none of its own row. */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("clock", "processes", "ports", "eventloop"),
          List.of("world.refusals"),
          List.of("world.places"),
          List.of("world.operations"),
          List.of("world.resources"),
          List.of("world.images", "world.templates", "world.healthchecks", "world.passive"),
          List.of("world.instances"),
          List.of("world.groups"),
          List.of("world.backends", "world.autoscalers"),
          List.of("world"),
          List.of("access"),
          List.of("storage", "compute"),
          List.of("monitoring"),
          List.of("events", "machines", "balancer", "faults", "logging"),
          List.of("http"),
          List.of("assembly"),
          List.of("demo"),
          List.of("cli"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("localcloud");

  static Stream<String> packages() {
    return ORDER.stream().flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsOnlyWhatStandsToItsLeft(String name) {
    noClasses()
        .that()
        .resideInAPackage("localcloud." + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(notLeftOf(name))
        .because("the order is " + ORDER + "; move the shared type left or the call right")
        .check(CLASSES);
  }

  @Test
  void namesEveryPackage() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .as("packages of the local cloud; one that is not in the order is checked by nothing")
        .containsExactlyInAnyOrderElementsOf(packages().map(name -> "localcloud." + name).toList());
  }

  @Test
  void importsNothingOfTheFunction() {
    noClasses()
        .that()
        .resideInAPackage("localcloud..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("slipway..")
        .because("a stand-in that shares code with its client agrees with its client's mistakes")
        .check(CLASSES);
  }

  @Test
  void rulesAndTimeKnowNoHttp() {
    noClasses()
        .that()
        .resideInAnyPackage("localcloud.world..", "localcloud.storage..", "localcloud.compute..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.sun.net.httpserver..", "java.net.http..")
        .because("what the services do is tested without a port; HTTP belongs to localcloud.http")
        .check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    slices()
        .matching("localcloud.(**)")
        .should()
        .beFreeOfCycles()
        .because("a cycle has no reading order; move the shared type left")
        .check(CLASSES);
  }

  private static String[] notLeftOf(String name) {
    List<String> others = new ArrayList<>();
    boolean left = true;
    for (List<String> row : ORDER) {
      left &= !row.contains(name);
      if (!left) {
        row.stream().filter(other -> !other.equals(name)).forEach(others::add);
      }
    }
    return others.stream().map(other -> "localcloud." + other).toArray(String[]::new);
  }
}
