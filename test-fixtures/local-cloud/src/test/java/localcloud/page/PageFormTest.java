package localcloud.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;

/** How the page looks and behaves, over a world that stands still between a test's steps. */
class PageFormTest {
  private static final String V1 = "{\"version\":\"1\",\"bootSeconds\":5}";
  private static final String V2 = "{\"version\":\"2\",\"bootSeconds\":5}";
  private static final String BROKEN = "{\"version\":\"3\",\"bootSeconds\":5,\"healthy\":false}";

  private static Browser browser;

  @TempDir Path folder;
  private PageWorld page;

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start();
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    page = new PageWorld(folder);
  }

  @AfterEach
  void stop() {
    page.close();
    browser.wide();
  }

  @Test
  void threeHundredInstancesAreDrawnAndRollByThirty() throws Exception {
    page.version("web-1", V1);
    page.version("web-2", V2);
    page.group("web-1", 300);
    browser.prefer(Map.of("prefers-reduced-motion", "reduce"));
    browser.open(page.address());
    browser.await("300 dots", seen -> seen.all("[data-phase=serving] .instance").size() == 300);

    page.roll("web-2", 30);
    page.pass(70);

    browser.await("both versions", seen -> seen.all(".instance[data-look='1']").size() > 40);
    assertThat(browser.all(".group[data-density=dot]")).hasSize(1);
    assertThat(browser.all(".instance")).hasSizeGreaterThanOrEqualTo(300);
    assertThat(browser.text(".group .state")).startsWith("Replacing: ");
    browser.picture("three-hundred");
  }

  @Test
  void requestsAreCountedByVersionAndFailuresAreTold() throws Exception {
    page.version("web-1", V1);
    page.version("web-2", V2);
    page.group("web-1", 4);
    page.pass(40);
    browser.prefer(Map.of("prefers-reduced-motion", "reduce"));
    browser.open(page.address());
    page.record("web-2.tar.gz", record("web-2.tar.gz", "rolling", "web-2"));
    page.log.accept(line("rollout.started", page.clock.instant().toString()));
    page.roll("web-2", 1);
    page.pass(55);
    page.passFailing(7);
    page.pass(10);

    browser.await("failures", seen -> seen.text("#traffic-now").contains("7 failed"));
    assertThat(browser.text("#traffic-now")).contains(" by web-1", " by web-2");
    assertThat(browser.all("#traffic .layer[data-look='0']")).isNotEmpty();
    assertThat(browser.all("#traffic .layer[data-look='1']")).isNotEmpty();
    assertThat(browser.all("#traffic .layer.failed")).hasSize(1);
    assertThat(browser.text("#traffic .moment")).isEqualTo("rolling");
    assertThat(browser.one("#traffic svg").getAriaRole()).isIn("image", "img");
    browser.picture("traffic");
  }

  @Test
  void anInstanceThatFailsItsCheckIsMarkedAndAnAutomaticRollbackIsShown() throws Exception {
    page.version("web-1", V1);
    page.version("web-3", BROKEN);
    page.group("web-1", 3);
    browser.open(page.address());
    page.roll("web-3", 1);
    page.record("web-3.tar.gz", record("web-3.tar.gz", "rolling-back", "web-3"));
    page.pass(50);

    browser.await("the mark", seen -> seen.all(".instance[data-trouble]").size() == 1);
    assertThat(browser.one(".instance[data-trouble]").getDomProperty("textContent"))
        .contains("web-3", "unhealthy");
    assertThat(browser.text("#story .stage")).contains("Rolling back");

    page.roll("web-1", 1);
    page.pass(60);
    page.record("web-3.tar.gz", record("web-3.tar.gz", "rolled-back", "web-3"));

    browser.await("the end", seen -> seen.text("#story .stage").contains("Rolled back"));
    browser.await(
        "rest", seen -> seen.text(".group .state").equals("At rest: 3 instances on web-1."));
    assertThat(steps())
        .containsExactly("Received", "Proven", "Image", "Template", "Rolling", "Rolled back");
  }

  @Test
  void whatADeploymentWaitsForIsSaidAsTheOperatorsProgramSaysIt() throws Exception {
    browser.open(page.address());
    String step = "'state': 'canary', 'step': {'number': 1, 'of': 2, 'size': '10%'}, ";
    says("Step 1 of 2, 10%", step, "'verdict': {}");
    says("Step 1 of 2, 10%, soaking", step + "'heldSince', ", "'verdict': {}");
    says("Canary, 1", step.replace("2,", "1,").replace("10%", "1"), "'verdict': {}");
    says("Waiting for approval", "'state': 'waiting-for-approval', ", "'verdict': {}");
    says("On hold", step, "'verdict': {'code': 'on-hold'}");
    says("Rolling out", "'state': 'rolling', ", "'verdict': {}");
  }

  private void says(String words, String group, String verdict) throws Exception {
    String json =
        record("web-2.tar.gz", "rolling", "web-2")
            .replace(
                "\"groups\": [{", verdict + ", 'groups': [{" + group.replace("'heldSince', ", ""))
            .replace(
                "\"course\": {",
                group.contains("heldSince") ? "'course': {'heldSince': 'x', " : "'course': {")
            .replace('\'', '"');
    page.record("web-2.tar.gz", json);
    page.pass(1);
    browser.await(words, seen -> seen.text("#story .stage").contains(words));
  }

  @Test
  void aDeploymentIsChosenByKeyboardAndStaysChosen() throws Exception {
    page.record("a-1.tar.gz", record("a-1.tar.gz", "deployed", "a-1"));
    page.record("a-2.tar.gz", record("a-2.tar.gz", "superseded", "a-2"));
    page.record("a-3.tar.gz", record("a-3.tar.gz", "rolling", "a-3"));
    browser.open(page.address());
    browser.await("the newest", seen -> seen.text("#story h2").equals("a-3.tar.gz"));
    assertThat(browser.one("#deployments").getAriaRole()).isEqualTo("listbox");
    assertThat(browser.one("#deployments").getAccessibleName()).isEqualTo("Deployments");

    WebElement list = focusByTab("deployments");
    list.sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);

    assertThat(browser.text("#story h2")).isEqualTo("a-1.tar.gz");
    WebElement option = browser.one("[aria-selected=true]");
    assertThat(option.getAriaRole()).isEqualTo("option");
    assertThat(option.getAccessibleName()).startsWith("a-1.tar.gz: Deployed, uploaded ");
    assertThat(list.getDomAttribute("aria-activedescendant"))
        .isEqualTo(option.getDomAttribute("id"));
    assertThat(list.getCssValue("outline-style")).isEqualTo("solid");

    page.record("a-4.tar.gz", record("a-4.tar.gz", "received", "a-4"));
    browser.await("a fourth", seen -> seen.all("[role=option]").size() == 4);
    assertThat(browser.text("#story h2")).isEqualTo("a-1.tar.gz");

    list.sendKeys(Keys.HOME);
    assertThat(browser.text("#story h2")).isEqualTo("a-4.tar.gz");
  }

  @Test
  void aRejectionIsToldWithItsCommandToCopy() throws Exception {
    String verdict =
        "{\"code\":\"tar-format\",\"message\":\"found ustar.\",\"nextStep\":\"tar -czf a b && x\"}";
    page.record(
        "a.tar.gz",
        "{\"stage\":\"rejected\",\"upload\":{\"object\":\"a.tar.gz\"},\"verdict\":"
            + verdict
            + "}");
    browser.open(page.address());
    browser.await("the verdict", seen -> !seen.all(".verdict").isEmpty());

    assertThat(browser.text(".verdict .message")).contains("tar-format", "found ustar.");
    assertThat(browser.text(".verdict pre")).isEqualTo("tar -czf a b && x");
    browser.one(".verdict button").click();
    browser.await("copied", seen -> seen.text(".verdict button").matches("Copied|Selected"));
  }

  @Test
  void aHostileNameIsTextAndNothingElse() throws Exception {
    String name = "<img src=x onerror=\\\"document.title='hostile'\\\"><script>1</script>";
    page.record("h.tar.gz", record(name, "rejected", "<b>t</b>"));
    page.log.accept(line("<img src=x>", "2026-11-22T12:00:00Z"));
    browser.open(page.address());
    browser.await("the line", seen -> !seen.all("#log li").isEmpty());

    assertThat(browser.text("#story h2")).startsWith("<img src=x onerror=");
    assertThat(browser.text("#log li")).contains("<img src=x>");
    assertThat(browser.all("img, body script")).isEmpty();
    assertThat(browser.driver().getTitle()).isEqualTo("Slipway: local cloud");
  }

  @Test
  void aRecordAndALineOfAnotherFormBreakNothing() throws Exception {
    page.record("a.tar.gz", "{\"id\":\"d\",\"stage\":\"rolling\",\"groups\":{\"a\":1}}");
    page.log.accept(line("first", "yesterday"));
    page.log.accept(line("second", "2026-11-22T12:00:00Z"));
    browser.open(page.address());
    browser.await("both lines", seen -> seen.all("#log li").size() == 2);

    assertThat(browser.text("#story h2")).isEqualTo("a.tar.gz");
    assertThat(browser.text("#log li time")).isEmpty();
  }

  @Test
  void inANarrowWindowNothingIsWiderThanIt() throws Exception {
    page.version("web-1", V1);
    page.group("web-1", 3);
    String name = "web-" + "very-long-name-without-end-".repeat(8) + ".tar.gz";
    page.record(name, record(name, "rollback-failed", "web-1"));
    page.log.accept(line("x".repeat(300), "2026-11-22T12:00:00Z"));
    browser.resize(360, 800, 1.5);
    browser.open(page.address());
    browser.await(
        "all of it", seen -> !seen.all("#log li").isEmpty() && !seen.all(".instance").isEmpty());

    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(360);
  }

  @Test
  void theTenthTabIsLiveTooAndHiddenOnesHoldNoConnection() throws Exception {
    page.version("web-1", V1);
    page.group("web-1", 3);
    browser.open(page.address());
    String first = browser.driver().getWindowHandle();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      browser.driver().switchTo().newWindow(WindowType.TAB);
      others.add(browser.driver().getWindowHandle());
      browser.open(page.address());
      browser.await("instances", seen -> seen.all(".instance").size() == 3);
    }
    for (String tab : others) {
      browser.driver().switchTo().window(tab).close();
    }
    browser.driver().switchTo().window(first);
  }

  private WebElement focusByTab(String id) {
    for (int i = 0; i < 5; i++) {
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
      WebElement focused = browser.driver().switchTo().activeElement();
      if (id.equals(focused.getDomAttribute("id"))) {
        return focused;
      }
    }
    throw new AssertionError("Tab does not lead to " + id);
  }

  private static List<String> steps() {
    return browser.all("#story .steps li").stream().map(WebElement::getText).toList();
  }

  /** A line of the deployment that all records here are of. */
  private static String line(String event, String time) {
    return """
        {"event": "EVENT", "message": "EVENT it is", "time": "TIME", "severity": "INFO",
          "logging.googleapis.com/operation": {"id": "d"}}
        """
        .replace("\n", "")
        .replace("EVENT", event)
        .replace("TIME", time);
  }

  /** As much of a record as these tests look at. */
  private static String record(String object, String stage, String template) {
    return """
        {"id": "d", "stage": "STAGE", "target": "web", "upload": {"object": "OBJECT",
          "timeCreated": "2026-11-22T12:00:00Z"}, "artifact": {"sha256": "ab"},
          "image": {"name": "i"}, "groups": [{"newTemplate": "global/instanceTemplates/TEMPLATE",
          "course": {"startedAt": "2026-11-22T12:00:10Z"}}]}
        """
        .replace("STAGE", stage)
        .replace("OBJECT", object)
        .replace("TEMPLATE", template);
  }
}
