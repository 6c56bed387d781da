package localcloud.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import localcloud.processes.RecordedProcesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real invokers, and a function of our own in the place of the deployed one. */
class FunctionInstancesTest {
  private static final Path INVOKERS = Path.of("target/invoker").toAbsolutePath();
  private static final Path FUNCTION = Path.of("target/test-classes").toAbsolutePath();
  private static final String ROLE = "function";

  @TempDir Path folder;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void stopCallers() {
    callers.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"invoker-1.4.jar", "invoker-2.0.jar"})
  void anEventReachesTheFunctionAndItsLinesComeBack(String invoker) throws Exception {
    try (FunctionInstances instances = instances(invoker, 1)) {
      assertThat(instances.post(event("mir-riseos-2.tar.gz"))).isEqualTo(200);
      awaitLine("echo chosen {", "\"name\":\"mir-riseos-2.tar.gz\"");
    }
  }

  @Test
  void theJvmHasTheOptionsThatTerraformGivesIt() throws Exception {
    assertThat(Files.readString(Path.of("../../infra/modules/slipway/function.tf")))
        .contains(String.join(" ", InvokerCommand.QUICK_START) + "\"");
    try (FunctionInstances instances = instances("invoker-1.4.jar", 1)) {
      instances.startFirst();

      assertThat(running())
          .singleElement()
          .satisfies(
              process ->
                  assertThat(List.of(process.info().arguments().orElseThrow()))
                      .containsAll(InvokerCommand.QUICK_START));
    }
  }

  @Test
  void aThrowingFunctionAnswers500AndKeepsItsProcess() throws Exception {
    try (FunctionInstances instances = instances("invoker-1.4.jar", 1)) {
      instances.startFirst();
      List<ProcessHandle> before = running();

      assertThat(instances.post(event("throws"))).isEqualTo(500);
      assertThat(running()).isEqualTo(before).hasSize(1);
    }
  }

  @Test
  void anInstanceThatDiedIsReplacedOnTheSamePort() throws Exception {
    try (FunctionInstances instances = instances("invoker-1.4.jar", 1)) {
      instances.startFirst();
      List<ProcessHandle> before = running();

      assertThatThrownBy(() -> instances.post(event("dies"))).isInstanceOf(IOException.class);
      assertThat(instances.post(event("a"))).isEqualTo(200);
      assertThat(running()).hasSize(1).doesNotContainAnyElementsOf(before);
    }
  }

  @Test
  void aSecondCallAtTheSameTimeGetsAnInstanceOfItsOwn() throws Exception {
    try (FunctionInstances instances = instances("invoker-1.4.jar", 2)) {
      callers.submit(() -> instances.post(event("waits")));
      awaitLine("\"name\":\"waits\"");

      assertThat(instances.post(event("a"))).isEqualTo(200);
      assertThat(running()).hasSize(2);
    }
    assertThat(running()).isEmpty();
  }

  @Test
  void aFunctionThatCannotStartIsToldWithItsLog() throws Exception {
    InvokerCommand command =
        new InvokerCommand(
            INVOKERS.resolve("invoker-1.4.jar"), FUNCTION, "no.such.Function", Map.of(), folder);
    try (FunctionInstances instances = new FunctionInstances(plan(command), 1, 0)) {
      assertThatThrownBy(instances::startFirst)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("exit code 1")
          .hasMessageContaining("function.log");
    }
    assertThat(running()).isEmpty();
  }

  private void awaitLine(String... parts) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(lines).anySatisfy(line -> assertThat(line).contains(parts)));
  }

  private FunctionInstances instances(String invoker, int count) {
    InvokerCommand command =
        new InvokerCommand(
            INVOKERS.resolve(invoker),
            FUNCTION,
            EchoFunction.class.getName(),
            Map.of("ECHO_SETTING", "chosen"),
            folder);
    return new FunctionInstances(plan(command), count, 0);
  }

  private FunctionPlan plan(InvokerCommand command) {
    return new FunctionPlan(
        command, Duration.ofSeconds(60), processes(), folder.resolve("function.log"), lines::add);
  }

  private RecordedProcesses processes() {
    return new RecordedProcesses(folder.resolve("processes"));
  }

  private List<ProcessHandle> running() throws IOException {
    return processes().running(ROLE);
  }

  private static FinalizeEvent event(String name) throws IOException {
    return FinalizeEvent.of(Objects.in("mir-riseos", name));
  }
}
