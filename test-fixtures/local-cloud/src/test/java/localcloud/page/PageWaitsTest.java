package localcloud.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits for a person and for whom, what fired, what was before, and what cannot be read. */
class PageWaitsTest extends CellPage {
  private void open(String state) throws Exception {
    server.show(Cells.of(state));
    browser.open(server.address());
  }

  @Test
  void anApprovalIsAskedForWithItsCommandAndGoneOnceItIsGiven() throws Exception {
    open("approval");

    assertThat(browser.text("#waiting h2")).isEqualTo("Waits for you");
    assertThat(browser.text("#waiting li p"))
        .isEqualTo(
            "mir-riseos-3.tar.gz waits for a person's approval of 058dc4780680…, for 1:59; without"
                + " one it goes back by itself: 58:01 left");
    assertThat(browser.text("#waiting pre"))
        .isEqualTo(
            "SLIPWAY_BUCKET=mir-riseos infra/slipway approve mir-riseos"
                + " 058dc47806801ac941a8ca212869320036f0db5815014a300bbcec11e57de018");

    server.show(Cells.of("stepped"));
    browser.await("it goes on", page -> !page.one("#waiting").isDisplayed());
  }

  @Test
  void whereTheOrdersAreNotKnownTheRecordsOwnNextStepIsTheCommand() throws Exception {
    Map<String, JsonObject> cells = Cells.of("approval");
    Cells.own(cells, Cells.TARGET).add("orders", null);
    open(cells);

    assertThat(browser.text("#waiting pre"))
        .startsWith("echo 058dc478")
        .contains(" | gsutil cp - ");
  }

  @Test
  void aHoldAndALaterUploadAreTold() throws Exception {
    open("behind");

    assertThat(texts("#waiting li p"))
        .satisfiesExactly(
            hold ->
                assertThat(hold)
                    .startsWith(
                        "mir-riseos-3.tar.gz waits: its target is on hold by ada@example.com for")
                    .endsWith(": incident 42."),
            later ->
                assertThat(later)
                    .isEqualTo(
                        "mir-riseos-4.tar.gz comes after mir-riseos-3.tar.gz: it takes over before"
                            + " it changes a group, and mir-riseos-3.tar.gz then ends as"
                            + " superseded."));
    assertThat(texts("#waiting pre"))
        .containsExactly(
            "SLIPWAY_BUCKET=mir-riseos infra/slipway release mir-riseos",
            "SLIPWAY_BUCKET=mir-riseos infra/slipway abort mir-riseos"
                + " mir-riseos-20261130-175902-19ac40");
  }

  @Test
  void theLastSoakLastsAsLongAsTheOneBefore() throws Exception {
    Map<String, JsonObject> cells = Cells.of("rolling");
    JsonObject record = Cells.own(cells, Cells.RECORD);
    record.addProperty("stage", "soaking");
    JsonObject group = record.getAsJsonArray("groups").get(0).getAsJsonObject();
    group.addProperty("state", "soaking");
    group.getAsJsonObject("course").addProperty("heldSince", Cells.NOW.minusSeconds(18).toString());
    open(cells);

    assertThat(browser.text("#story .stage")).isEqualTo("◔ Soaking soak 0:42 left");

    server.change(all -> all.keySet().removeIf(key -> key.startsWith("deployments/mir-riseos-2")));
    browser.await("nobody knows", page -> page.text("#story .stage").contains("soak since 0:18"));
  }

  @Test
  void aGroupWaitsForTheOneBeforeIt() throws Exception {
    Map<String, JsonObject> cells = Cells.of("stepped");
    JsonArray groups = Cells.own(cells, Cells.RECORD).getAsJsonArray("groups");
    JsonObject second = groups.get(0).getAsJsonObject().deepCopy();
    second.addProperty("group", "projects/demo/zones/us-west1-b/instanceGroupManagers/second");
    second.addProperty("wave", 2);
    second.addProperty("state", "waiting");
    second.remove("course");
    groups.add(second);
    open(cells);

    assertThat(browser.text("#waiting li p"))
        .isEqualTo("second waits until mir-riseos-group is good.");
    assertThat(browser.text("#story .facts")).contains("group 1 of 2, mir-riseos-group");
  }

  @Test
  void alarmsAreNamedAndWhichFired() throws Exception {
    open("rolled-back");

    assertThat(texts("#alarms li"))
        .containsExactly(
            "✕ share of 5xx fired", "· policy 1796058931030000007 watched in the next rollout");
    assertThat(browser.text(".verdict .message")).startsWith("alarm The alert");

    server.show(Cells.of("alarms"));
    browser.await("the next rollout", page -> page.text("#story h2").equals("Under way"));
    assertThat(texts("#alarms li"))
        .containsExactly(
            "! share of 5xx open: nothing goes forward",
            "– policy 1796058931030000007 was open before: that does not count");
    assertThat(browser.text("#alarms .facts"))
        .isEqualTo(
            "2 alert policies; alerts count since 17:57:02; one that opens before 18:03:38 counts"
                + " if it is still open then.");
  }

  @Test
  void whichPermissionIsMissingAndForWhomIsToldAndHowOldTheRestIs() throws Exception {
    open("no-permission");

    assertThat(texts(".trouble"))
        .first()
        .asString()
        .startsWith(
            "Groups and instances cannot be read: Compute Engine refused to list them. Missing:"
                + " compute.instanceGroupManagers.list for reader@demo.iam.gserviceaccount.com."
                + " Groups and instances are shown as of 17:58:20, 1 min ago.");
    assertThat(browser.text("#serving .state")).isEqualTo("✓ Serving as last seen");
    assertThat(browser.text("#traffic-now")).startsWith("Nothing counts requests here");

    server.change(cells -> cells.keySet().removeIf(key -> key.startsWith("trouble/")));
    browser.await("no trouble", page -> page.all(".trouble").isEmpty());
    assertThat(browser.text("#serving .state")).isEqualTo("✓ Serving");
  }

  @Test
  void aLostConnectionIsSaidAndFoundAgain() throws Exception {
    open("stepped");
    server.lose(true);

    browser.await("the loss", page -> page.text("#link").equals("connection lost"));
    browser.await("how old", page -> page.text(".trouble").contains("as of 17:59:58"));
    assertThat(browser.text("#serving .state")).isEqualTo("✓ Serving as last seen");

    server.lose(false);
    browser.await("it is back", page -> page.text("#link").equals("live"));
    browser.await("nothing to say", page -> page.all(".trouble").isEmpty());
  }

  @Test
  void whatEachChangedIsReadWhenItIsAskedFor() throws Exception {
    open("history");
    assertThat(texts("#deployments .object"))
        .containsExactly("mir-riseos-5.tar.gz", "mir-riseos-2.tar.gz");
    assertThat(server.asked()).containsExactly("");

    browser.one("#more-history").click();

    browser.await("the oldest", page -> page.all("#deployments li").size() == 3);
    assertThat(server.asked()).containsExactly("", "history=mir-riseos");
    assertThat(texts("#deployments .changes"))
        .containsExactly(
            "No change is known.",
            "SHA-256 c481ba1c2134… → 8e1f0c77c9a2… git-sha 5c0ffee → 81bb02c disk 1 GiB → 2 GiB",
            "git-sha none → 5c0ffee");

    browser.all("#deployments a").get(2).click();
    browser.await("chosen", page -> page.text("#story h3").equals("mir-riseos-1.tar.gz"));
    assertThat(browser.text("#story h2")).isEqualTo("A deployment of before");
    assertThat(browser.text("#story .changes")).startsWith("git-sha");
    assertThat(browser.driver().getCurrentUrl()).contains("#mir-riseos/deployments%2Fmir-riseos-1");
  }
}
