package localcloud.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page answers in each state that a target may be in, and that everybody can read it. */
class PageStatesTest extends CellPage {
  private void open(String state) throws Exception {
    open(state.equals("many") ? many() : Cells.of(state.equals("lost") ? "stepped" : state));
    if (state.equals("lost")) {
      server.lose(true);
      browser.await("the loss", page -> !page.all("[data-source=link]").isEmpty());
    }
    if (state.equals("history")) {
      browser.one("#more-history").click();
      browser.await("what changed", page -> !page.all("#deployments .changes").isEmpty());
    }
  }

  /** One is not serving, one waits and one rolls, of fifty. */
  private static Map<String, JsonObject> many() throws Exception {
    Map<String, JsonObject> cells = Cells.targets(50);
    JsonObject ill =
        Cells.own(cells, "group/projects/demo/zones/us-west1-a/instanceGroupManagers/site-40");
    ill.addProperty("healthy", 0);
    for (String name : List.of("site-20", "site-30")) {
      JsonObject record = Cells.record(name + "-8.tar.gz", "rolling", Cells.NOW);
      record.addProperty("target", name);
      if (name.equals("site-30")) {
        record.add("verdict", Cells.json("{'code': 'on-hold'}"));
      }
      cells.put("deployments/" + name + "-8.tar.gz/1.json", record);
    }
    return cells;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rest",
        "rolling",
        "stepped",
        "approval",
        "behind",
        "alarms",
        "rolled-back",
        "lost",
        "no-permission",
        "history",
        "many"
      })
  void nobodyIsKeptFromReadingIt(String state) throws Exception {
    Axe axe = Axe.installed();
    open(state);
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(Map.of("prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce"));
      for (int width : List.of(1280, 390)) {
        browser.resize(width, 844, 1);
        assertThat(axe.findings(browser)).as(scheme + " at " + width).isEmpty();
        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
            .isLessThanOrEqualTo(width);
        browser.picture(state + "-" + width + "-" + scheme);
      }
    }
  }

  /** What serves and which version; what is done and how far. */
  @ParameterizedTest
  @ValueSource(
      strings = {"rolling", "stepped", "approval", "behind", "alarms", "lost", "no-permission"})
  void aTelephoneShowsTheFirstTwoAnswersWithoutScrolling(String state) throws Exception {
    browser.resize(390, 844, 1);
    open(state);

    for (String answer :
        List.of("#serving .state", "#serving .version", "#story .stage", "#story [aria-current]")) {
      assertThat(bottom(answer)).as(answer).isPositive().isLessThanOrEqualTo(844);
    }
  }

  @Test
  void ofManyTargetsATelephoneShowsThoseFirstThatArentWell() throws Exception {
    browser.resize(390, 844, 1);
    open("many");

    assertThat(texts("#targets li"))
        .containsExactly(
            "✕ site-40 site-40-7 Not serving",
            "‖ site-30 site-30-7 On hold",
            "◔ site-20 site-20-7 Rolling out",
            "✓ site-00 site-00-7 At rest");
    assertThat(bottom("#targets li:last-child")).isLessThanOrEqualTo(844);
    assertThat(bottom("#serving .version")).isLessThanOrEqualTo(844);
    assertThat(browser.text("#targets-sum"))
        .isEqualTo("50 targets · 1 in trouble · 1 waiting · 1 under way · 47 at rest");
    assertThat(browser.driver().getTitle()).startsWith("1 in trouble, 1 waiting · Slipway");
  }

  private static double bottom(String selector) {
    return ((Number)
            browser.run(
                "return document.querySelector('" + selector + "').getBoundingClientRect().bottom"))
        .doubleValue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rest | 3 of 3 instances healthy | Nothing under way. Last: | ✓ Deployed 10 min ago",
        "rolling | 3 of 3 instances healthy | Under way | ◔ Rolling out 2:51",
        "stepped | 3 of 3 instances healthy | Under way | ◔ Step 1 of 2, 1, soaking soak 2:43 left",
        "approval | 3 of 3 instances healthy | Under way | ‖ Waiting for approval 2:51",
        "behind | 3 of 3 instances healthy | Under way | ‖ On hold soak 2:43 left",
        "alarms | 4 instances healthy, 3 wanted | Under way | ◔ Canary, 1, soaking soak 7:43 left",
        "rolled-back | 3 of 3 instances healthy | Nothing under way. Last: | ↩ Rolled back 3 min ago",
      })
  void theFirstTwoAnswersAre(String state, String instances, String doing, String stage)
      throws Exception {
    open(state);

    assertThat(browser.text("#serving .state")).isEqualTo("✓ Serving");
    assertThat(browser.text("#serving .version")).isEqualTo("mir-riseos-2");
    assertThat(browser.text("#serving .instances")).isEqualTo(instances);
    assertThat(browser.text("#story h2")).isEqualTo(doing);
    assertThat(browser.text("#story .stage")).isEqualTo(stage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rest | Received, Proven, Image, Template, Rolling, Soaking, Deployed | ",
        "rolling | Received, Proven, Image, Template, Rolling, Soaking, Deployed | Rolling",
        "stepped | Received, Proven, Image, Template, Step 1 1 instance, Step 2 50%, Approval, All, Soaking, Deployed | Step 1 1 instance",
        "approval | Received, Proven, Image, Template, Step 1, Step 2 50%, Approval, All, Soaking, Deployed | Approval",
        "rolled-back | Received, Proven, Image, Template, Canary 1 instance, Rolled back | ",
      })
  void theWayHasItsStepsAndItsGate(String state, String parts, String current) throws Exception {
    open(state);

    assertThat(texts("#story .steps li")).containsExactly(parts.split(", "));
    assertThat(texts("#story [aria-current=step]"))
        .isEqualTo(current == null ? List.of() : List.of(current));
  }
}
