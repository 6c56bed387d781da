package localcloud.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WindowType;

/** How the page draws what it is told, whatever that is. */
class PageFormTest extends CellPage {
  @Test
  void aThousandInstancesAreDrawnAndOfTenThousandRecordsTheLatest() throws Exception {
    Map<String, JsonObject> cells = Cells.of("rolling");
    Cells.instances(cells, 1000, 0);
    for (int i = 0; i < 10_000; i++) {
      cells.put(
          "deployments/old-" + i + ".tar.gz/1.json",
          Cells.record("old-" + i + ".tar.gz", "deployed", Cells.NOW.minusSeconds(86_400 + i)));
    }
    open(cells);
    browser.await("1000 dots", page -> page.all("[data-phase=serving] .instance").size() == 1000);

    server.change(all -> Cells.instances(all, 1000, 300));

    browser.await("both versions", page -> page.all(".instance[data-look='2']").size() == 300);
    assertThat(browser.all(".group[data-density=speck]")).hasSize(1);
    assertThat(browser.all("#deployments li")).hasSize(12);
    assertThat(browser.text(".group .state")).startsWith("Replacing: 300 of 3 instances");
    assertThat(browser.text("#share .legend")).contains("700 serving", "300 serving, 3 wanted");
    browser.picture("thousand");
  }

  @Test
  void requestsAreCountedByVersionAndFailuresAreTold() throws Exception {
    Map<String, JsonObject> cells = Cells.of("rolling");
    for (int second = 1; second <= 40; second++) {
      cells.put(
          "traffic/" + Cells.NOW.minusSeconds(second).toEpochMilli(),
          Cells.json(
              "{'answered': {'%s': 20, '%s': 10}, 'failed': %d}",
              Cells.OLD, Cells.NEW, second == 30 ? 7 : 0));
    }
    Cells.own(cells, "log/4").addProperty("time", Cells.NOW.minusSeconds(40).toString());
    open(cells);

    assertThat(browser.text("#traffic-now"))
        .isEqualTo("20 by mir-riseos-2, 10 by mir-riseos-3 · 7 failed in the last two minutes");
    assertThat(browser.all("#traffic .layer[data-look='1']")).isNotEmpty();
    assertThat(browser.all("#traffic .layer[data-look='2']")).isNotEmpty();
    assertThat(browser.all("#traffic .layer.failed")).hasSize(1);
    assertThat(browser.text("#traffic .moment")).isEqualTo("rolling");
    assertThat(browser.one("#traffic svg").getAriaRole()).isIn("image", "img");
  }

  @Test
  void anInstanceThatFailsItsCheckIsMarked() throws Exception {
    Map<String, JsonObject> cells = Cells.of("rolling");
    String key = "instance/projects/demo/zones/us-west1-a/instances/mir-riseos-c3d4";
    cells.put(key, Cells.instance("mir-riseos-c3d4", Cells.NEW, "serving", "UNHEALTHY"));
    open(cells);

    assertThat(browser.all(".instance[data-trouble]")).hasSize(1);
    assertThat(browser.one(".instance[data-trouble]").getDomProperty("textContent"))
        .contains("mir-riseos-3", "unhealthy");

    server.change(
        all -> all.put(key, Cells.instance("mir-riseos-c3d4", Cells.NEW, "serving", "HEALTHY")));
    browser.await("no mark", page -> page.all(".instance[data-trouble]").isEmpty());
  }

  @Test
  void whoWantsLessMotionSeesNone() throws Exception {
    open(Cells.of("rolling"));
    browser.run(
        "window.moved = 0; const make = Element.prototype.animate;"
            + " Element.prototype.animate = function (...all) {"
            + " window.moved++; return make.apply(this, all); };");

    server.change(all -> Cells.instances(all, 5, 2));
    browser.await("five", page -> page.all(".instance").size() == 5);

    assertThat(browser.run("return window.moved + document.getAnimations().length")).isEqualTo(0L);
    browser.prefer(Map.of());
    server.change(all -> Cells.instances(all, 6, 3));
    browser.await("six moved", page -> (Long) page.run("return window.moved") > 0);
  }

  @Test
  void aGroupThatNobodyLooksIntoIsOpenedAndClosed() throws Exception {
    open(Cells.targets(2));
    assertThat(browser.text(".group .state")).isEqualTo("At rest: 20 instances on site-00-7.");
    assertThat(browser.text("#serving .state")).isEqualTo("✓ At rest");
    assertThat(browser.all(".instance")).isEmpty();

    browser.one(".group .open").click();

    browser.await("asked for", page -> server.asked().size() == 2);
    assertThat(server.asked().get(1))
        .isEqualTo("group=group/projects/demo/zones/us-west1-a/instanceGroupManagers/site-00");
    browser.await("open", page -> page.text(".group .open").equals("Hide instances"));
    browser.one(".group .open").click();
    browser.await("closed", page -> server.asked().size() == 3);
    assertThat(server.asked().get(2)).isEmpty();
  }

  @Test
  void whatWasOpenedOfATargetIsAskedForNoMoreOnceAnotherIsChosen() throws Exception {
    Map<String, JsonObject> cells = Cells.targets(2);
    cells.put("deployments/a/1.json", Cells.record("a", "deployed", Cells.NOW));
    Cells.own(cells, "deployments/a/1.json").addProperty("target", "site-00");
    open(cells);
    browser.one("#more-history").click();
    browser.await("asked for", page -> server.asked().size() == 2);

    browser.one("#targets li:nth-child(2) a").click();

    browser.await("no more", page -> server.asked().size() == 3);
    assertThat(server.asked()).containsExactly("", "history=site-00", "");
    assertThat(browser.text("#serving h2")).isEqualTo("site-01");
  }

  @Test
  void theTargetInMostTroubleIsShownUntilSomebodyTouchesThePage() throws Exception {
    open(Cells.targets(3));
    assertThat(browser.text("#serving h2")).isEqualTo("site-00");
    String group = "group/projects/demo/zones/us-west1-a/instanceGroupManagers/site-0";

    server.change(all -> Cells.own(all, group + "2").addProperty("healthy", 0));
    browser.await("the ill one", page -> page.text("#serving h2").equals("site-02"));
    browser.one("main").click();
    server.change(
        all -> {
          Cells.own(all, group + "2").addProperty("healthy", 20);
          Cells.own(all, group + "1").addProperty("healthy", 0);
        });
    browser.await("it is well", page -> page.text("#serving .state").equals("✓ Serving"));

    assertThat(browser.text("#serving h2")).isEqualTo("site-02");
  }

  @Test
  void aRejectionIsToldWithItsCommandToCopy() throws Exception {
    open(Cells.of("history"));

    assertThat(browser.text(".verdict .message")).contains("tar-format", "found posix (pax)");
    assertThat(browser.text(".verdict pre")).startsWith("tar --format=oldgnu -Sczf");
    browser.one(".verdict button").click();
    browser.await("copied", page -> page.text(".verdict button").matches("Copied|Selected"));
  }

  @Test
  void aHostileNameIsTextAndNothingElse() throws Exception {
    String name = "<img src=x onerror=document.title=`hostile`><script>1</script>";
    Map<String, JsonObject> cells = Cells.of("rest");
    cells.put("deployments/h/9.json", Cells.record(name, "rejected", Cells.NOW));
    cells.put(
        "log/0",
        Cells.json("{'event': '<b>e</b>', 'message': '%s', 'deployment': '%s'}", name, name));
    cells.put("trouble/log", Cells.json("{'what': '<i>w</i>', 'permission': '', 'who': ''}"));
    open(cells);

    assertThat(browser.text("#story h3")).isEqualTo(name);
    assertThat(browser.text("#log li")).contains("<b>e</b>", "<img src=x");
    assertThat(browser.text(".trouble")).startsWith("<i>w</i>");
    assertThat(browser.all("img, body script, i:not(.bar i), #log b, .trouble i")).isEmpty();
    assertThat(browser.driver().getTitle()).isEqualTo("Slipway: local cloud");
  }

  @Test
  void aRecordAndALineOfAnotherFormBreakNothing() throws Exception {
    Map<String, JsonObject> cells = Cells.of("rest");
    cells.put("deployments/u/8.json", Cells.json("{'unreadable': true}"));
    cells.put(
        "deployments/a.tar.gz/1.json",
        Cells.json("{'id': 'd', 'target': 'mir-riseos', 'stage': 'rolling', 'groups': {'a': 1}}"));
    cells.put("log/0", Cells.json("{'deployment': 'd', 'message': 'm', 'time': 'yesterday'}"));
    open(cells);

    assertThat(browser.text("#story h3")).isEqualTo("a.tar.gz");
    assertThat(browser.text("#log li time")).isEmpty();
    assertThat(browser.all("#targets li")).hasSize(2);
  }

  @Test
  void inANarrowWindowNothingIsWiderThanIt() throws Exception {
    String name = "web-" + "very-long-name-without-end-".repeat(8) + ".tar.gz";
    Map<String, JsonObject> cells = Cells.of("rest");
    cells.put("deployments/n/9.json", Cells.record(name, "rollback-failed", Cells.NOW));
    cells.put("log/0", Cells.json("{'message': '%s', 'deployment': '%s'}", "x".repeat(300), name));
    browser.resize(360, 800, 1.5);
    open(cells);

    assertThat(browser.all("#log li")).hasSize(1);
    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(360);
  }

  @Test
  void theTenthTabIsLiveTooAndHiddenOnesHoldNoConnection() throws Exception {
    open(Cells.of("rest"));
    String first = browser.driver().getWindowHandle();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      browser.driver().switchTo().newWindow(WindowType.TAB);
      others.add(browser.driver().getWindowHandle());
      browser.open(server.address());
      browser.await("instances", page -> page.all(".instance").size() == 3);
    }
    for (String tab : others) {
      browser.driver().switchTo().window(tab).close();
    }
    browser.driver().switchTo().window(first);
  }
}
