package localcloud.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import localcloud.balancer.Load;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.events.FunctionInstances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** The whole local cloud with the real function: its rollouts, as one sees them on the page. */
class PageTest {
  private static final int SPEED = 15;
  private static final int REQUESTS = 40;
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 30, "progressDeadlineSeconds": 90,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  /**
   * Keeps what the group's sentence was, and each phase that an instance of a version was shown in.
   */
  private static final String OBSERVE =
      """
      window.seen = new Set();
      const look = () => {
        document.querySelectorAll(".group .state").forEach((one) => window.seen.add(one.textContent));
        document.querySelectorAll(".instance:not(.ghost)").forEach((tile) =>
            window.seen.add(tile.querySelector(".version").textContent + " " + tile.dataset.phase));
      };
      new MutationObserver(look).observe(document.getElementById("groups"),
          {subtree: true, childList: true, attributes: true, characterData: true});
      """;

  @TempDir Path folder;
  private final ExecutorService calls = Executors.newCachedThreadPool();

  @Test
  void showsARolloutToItsEndAndOneThatIsPutBack() throws Exception {
    try (Browser browser = Browser.start();
        SeededCloud cloud = new SeededCloud(folder, SPEED)) {
      FunctionInstances function = cloud.invoker("invoker-1.4.jar", Map.of("TARGETS", TARGETS));
      browser.prefer(Map.of("prefers-reduced-motion", "reduce"));
      browser.open(cloud.page());
      Load load = Load.start(cloud.site(), REQUESTS);
      function.startFirst();

      rollout(browser, cloud, function);
      refusal(browser, cloud, function);
      rollback(browser, cloud, function);
      history(browser);
      otherWindows(browser);
      load.stop();
    } finally {
      calls.shutdownNow();
    }
  }

  private void rollout(Browser browser, SeededCloud cloud, FunctionInstances function)
      throws Exception {
    atRest(browser, "mir-riseos-1");
    browser.run(OBSERVE);
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));
    Future<Integer> call = calls.submit(() -> function.post(event));

    // README shows two of three; a machine that is too busy for that is past it.
    browser.await(
        "two of three",
        page -> page.shows(".group .state", "Replacing: 2 of 3") || page.shows("#log", "verdict"));
    browser.picture("rollout-under-way");
    inBothColours(browser, "page");

    assertThat(call.get()).isEqualTo(200);
    browser.await("the end", page -> page.shows("#story .stage", "Deployed"));
    browser.await("the last line", page -> page.shows("#log", "deployment.finished"));
    atRest(browser, "mir-riseos-2");
    assertThat(browser.text("#deployments li")).contains("mir-riseos-2.tar.gz", "Deployed");
    browser.await("it serves", page -> page.shows("#serving .version", "mir-riseos-2"));
    assertThat(browser.text("#serving .instances")).isEqualTo("3 of 3 instances healthy");
    assertThat((List<?>) browser.run("return [...window.seen]"))
        .map(Object::toString)
        .anyMatch(seen -> seen.startsWith("Replacing: "))
        .contains("1 serving", "2 creating", "2 verifying", "2 serving", "1 draining", "1 deleting")
        .doesNotContain("1 creating", "2 deleting");
    assertThat(browser.text("#traffic-now")).contains(" by mir-riseos-2");
    assertThat(browser.all("#traffic .layer[data-look='0']")).isNotEmpty();
    browser.picture("rollout-done");
  }

  private static void atRest(Browser browser, String version) {
    String sentence = "At rest: 3 instances on " + version + ".";
    browser.await(sentence, page -> page.shows(".group .state", sentence));
  }

  /** README shows these two. */
  private static void inBothColours(Browser browser, String name) throws Exception {
    browser.resize(1160, 910, 1);
    for (String scheme : List.of("dark", "light")) {
      browser.prefer(Map.of("prefers-reduced-motion", "reduce", "prefers-color-scheme", scheme));
      browser.picture(name + "-" + scheme);
    }
    browser.wide();
    browser.prefer(Map.of("prefers-reduced-motion", "reduce"));
  }

  private static void refusal(Browser browser, SeededCloud cloud, FunctionInstances function)
      throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-2-again.tar.gz", Kind.USTAR, SimulatedDisk.healthy("2"));

    assertThat(function.post(event)).isEqualTo(200);

    browser.await("the refusal", page -> page.shows("#story .stage", "Rejected"));
    assertThat(browser.text(".verdict .message")).contains("tar-format", "expected oldgnu or gnu");
    assertThat(browser.text(".verdict pre")).startsWith("tar --format=oldgnu");
    browser.picture("rejected");
  }

  private void rollback(Browser browser, SeededCloud cloud, FunctionInstances function)
      throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-3.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("3").unhealthy());
    Future<Integer> call = calls.submit(() -> function.post(event));

    browser.await("the mark", page -> !page.all(".instance[data-trouble]").isEmpty());
    browser.picture("version-that-fails");
    assertThat(call.get()).isEqualTo(200);
    browser.await(
        "the end",
        page -> page.shows("#story .stage", "failed") || page.shows("#story .stage", "Rolled"));
    browser.await("the verdict", page -> page.shows(".verdict .message", "unhealthy"));
    browser.picture("rollback");

    putBack(cloud, cloud.record(event));
    atRest(browser, "mir-riseos-2");
    assertThat(browser.all(".instance[data-trouble]")).isEmpty();
    browser.picture("rollback-done");
  }

  /** Does what the record's next step says, where the function did not put it back by itself. */
  private static void putBack(SeededCloud cloud, JsonObject record) throws Exception {
    if (record.get("stage").getAsString().equals("rollback-failed")) {
      JsonObject group = record.getAsJsonArray("groups").get(0).getAsJsonObject();
      String template = group.get("previousTemplate").getAsString();
      assertThat(record.getAsJsonObject("verdict").get("nextStep").getAsString())
          .contains(template);
      cloud.roll(template.substring(template.lastIndexOf('/') + 1), 1);
    }
  }

  /** As its records and images tell it, and read when it is asked for. */
  private static void history(Browser browser) throws Exception {
    browser.one("#more-history").click();
    browser.await("what each changed", page -> page.shows("#deployments", "SHA-256"));
    browser.picture("history");
    assertThat(browser.text("#deployments li"))
        .contains("mir-riseos-3.tar.gz", "Rolled back, unhealthy", "247 bytes → 249 bytes");
  }

  private static void otherWindows(Browser browser) throws Exception {
    browser.resize(390, 1500, 1.5);
    browser.picture("narrow");
    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
  }
}
