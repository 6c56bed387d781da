package localcloud.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page by keyboard alone, and as a screen reader tells it. */
class PageKeysTest extends CellPage {
  private static final int MOST_TABS = 60;

  @Test
  void theFirstKeyLeadsToWhatIsServing() throws Exception {
    open(Cells.of("approval"));

    press(Keys.TAB);
    assertThat(focused().getText()).isEqualTo("To what is serving");
    press(Keys.ENTER);

    browser.await("the focus", page -> "serving".equals(focused().getDomAttribute("id")));
    assertThat(focused().getAccessibleName()).isEqualTo("mir-riseos");
    assertThat(focused().getAriaRole()).isEqualTo("region");
  }

  @Test
  void theCommandThatWaitsIsSelectedOrCopiedByKeys() throws Exception {
    open(Cells.of("approval"));

    WebElement words = tabTo("#waiting pre");
    assertThat(words.getCssValue("outline-style")).isEqualTo("solid");
    WebElement button = tabTo("#waiting button");
    assertThat(button.getAccessibleName())
        .isEqualTo("Copy the command that approves of mir-riseos-3.tar.gz");
    press(Keys.ENTER);

    browser.await("copied", page -> page.text("#waiting button").matches("Copied|Selected"));
    browser.await("said", page -> page.text("#announcer").contains("infra/slipway approve"));
  }

  @Test
  void theFocusStaysWhereItIsWhileThePageChanges() throws Exception {
    open(Cells.of("approval"));
    tabTo("#waiting button");

    server.change(
        cells -> {
          JsonObject record = Cells.own(cells, Cells.RECORD);
          record.getAsJsonObject("verdict").addProperty("message", "Another sentence.");
          record.getAsJsonArray("groups").get(0).getAsJsonObject().remove("askedAt");
        });

    browser.await("other words", page -> !page.text("#waiting").contains(", for "));
    assertThat(focused()).isEqualTo(browser.one("#waiting button"));
  }

  @Test
  void aTargetIsFoundByItsNameAndReachedByArrows() throws Exception {
    open(Cells.targets(50));
    assertThat(browser.all("#targets li")).hasSize(14);

    WebElement filter = tabTo("#filter");
    assertThat(filter.getAccessibleName()).isEqualTo("Filter by name");
    filter.sendKeys("4");
    browser.await("those with a 4", page -> page.all("#targets li").size() == 14);
    filter.sendKeys("4");
    browser.await("one", page -> page.all("#targets li").size() == 1);
    filter.sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE);
    browser.await("all again", page -> page.all("#targets li").size() == 14);

    tabTo("#targets a");
    press(Keys.ARROW_DOWN);
    press(Keys.ARROW_DOWN);
    press(Keys.ENTER);

    browser.await("the third", page -> page.text("#serving h2").equals("site-02"));
    assertThat(browser.all("#targets [aria-current=true]")).hasSize(1);
    tabTo("#more-targets");
    press(Keys.ENTER);
    browser.await("every one", page -> page.all("#targets li").size() == 50);
    browser.driver().navigate().refresh();
    browser.await("the same", page -> page.text("#serving h2").equals("site-02"));
  }

  @Test
  void aDeploymentIsChosenAndStaysChosen() throws Exception {
    open(Cells.of("rolling"));
    tabTo("#deployments a");
    press(Keys.END);
    press(Keys.ENTER);
    browser.await("the older", page -> page.text("#story h3").equals("mir-riseos-2.tar.gz"));
    assertThat(focused().getText()).startsWith("mir-riseos-2.tar.gz");

    server.change(
        cells ->
            cells.put(
                "deployments/mir-riseos-9.tar.gz/1.json",
                Cells.record("mir-riseos-9.tar.gz", "received", Cells.NOW)));
    browser.await("a third", page -> page.all("#deployments li").size() == 3);

    assertThat(browser.text("#story h3")).isEqualTo("mir-riseos-2.tar.gz");
  }

  @Test
  void aListenerIsToldWhatMattersAndNothingElse() throws Exception {
    open(Cells.of("stepped"));
    assertThat(browser.one("#announcer").getAriaRole()).isEqualTo("status");
    assertThat(browser.text("#announcer")).isEmpty();

    server.change(cells -> Cells.instances(cells, 3, 2));
    browser.await("two new", page -> page.text("#share .legend").contains("2 serving, 1 wanted"));
    assertThat(browser.text("#announcer")).isEmpty();

    server.show(Cells.of("approval"));
    browser.await(
        "the wait",
        page -> page.text("#announcer").equals("mir-riseos-3.tar.gz: Waiting for approval."));
    server.show(Cells.of("rolled-back"));
    browser.await(
        "the end", page -> page.text("#announcer").equals("mir-riseos-3.tar.gz: Rolled back."));
  }

  @Test
  void eachPartHasItsNameAndPlace() throws Exception {
    Map<String, JsonObject> cells = Cells.targets(2);
    cells.putAll(Cells.of("behind"));
    open(cells);

    assertThat(browser.all("nav, main").stream().map(WebElement::getAriaRole))
        .containsExactly("navigation", "main");
    assertThat(
            browser.all("section, nav").stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getAccessibleName))
        .containsExactly(
            "Targets",
            "mir-riseos",
            "What is being done",
            "Waits for you",
            "What happened before",
            "Group mir-riseos-group",
            "Requests a second",
            "What the function says");
    assertThat(browser.all("#story [aria-label=Steps] [aria-current=step]")).hasSize(1);
  }

  private static void press(Keys key) {
    new Actions(browser.driver()).sendKeys(key).perform();
  }

  private static WebElement focused() {
    return browser.driver().switchTo().activeElement();
  }

  /** Presses Tab until the first element of this selector has the focus. */
  private static WebElement tabTo(String selector) {
    for (int i = 0; i < MOST_TABS; i++) {
      press(Keys.TAB);
      List<WebElement> wanted = browser.all(selector);
      if (!wanted.isEmpty() && focused().equals(wanted.get(0))) {
        return wanted.get(0);
      }
    }
    throw new AssertionError("Tab does not lead to " + selector);
  }
}
