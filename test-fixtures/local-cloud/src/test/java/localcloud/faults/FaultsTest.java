package localcloud.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import localcloud.storage.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {
  private static final Call GET = call("GET", "/storage/v1/b/records/o/a", "local-function");
  private static final Call LIST = call("GET", "/storage/v1/b/records/o", "local-function");

  private final Faults faults = new Faults("demo");

  /** A route that another one hides would never be served, nor struck. */
  @ParameterizedTest
  @EnumSource(Route.class)
  void everyRouteOfCloudStorageIsStruckByItsName(Route route) throws BadFaults {
    String[] words =
        route.call().replaceFirst("[|]\\S*", "").replace("*", "records").split(" ", -1);
    assertThat(Route.find(words[0], words[1]).map(Route.Match::route)).contains(route);

    set(1, "{'on':'call','do':'reset','method':'" + route.id() + "'}");
    assertThat(faults.call(call(words[0], words[1], "anybody"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'atMost':9 | 1 2 3 4 5 6 7 8 9",
        "'atMost':2 | 1 2",
        "'nth':3 | 3",
        "'nth':[2,5,7] | 2 5 7",
        "'every':4 | 4 8",
        "'every':4,'atMost':1 | 4",
        "'probability':0 | ``",
        "'probability':1,'atMost':3 | 1 2 3",
      })
  void aRuleStrikesWhenItIsItsTurn(String when, String struck) throws BadFaults {
    set(1, "{'on':'call','do':'reset'," + when + "}");

    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      if (faults.call(GET).isPresent()) {
        numbers.add(Integer.toString(i));
      }
    }
    assertThat(String.join(" ", numbers)).isEqualTo(struck);
  }

  @Test
  void theSameSeedGivesTheSameRunWhateverElseHappensInBetween() throws BadFaults {
    String rule =
        "{'name':'half','on':'call','method':'storage.objects.*','probability':0.5,'do':'reset'}";
    set(42, rule);
    List<Boolean> alone = outcomes(100, false);
    set(42, rule);
    List<Boolean> disturbed = outcomes(100, true);
    set(43, rule);
    List<Boolean> otherwise = outcomes(100, false);

    assertThat(disturbed).isEqualTo(alone).isNotEqualTo(otherwise);
    assertThat(alone.stream().filter(struck -> struck).count()).isBetween(30L, 70L);
  }

  @Test
  void theFirstRuleThatIsDueWinsAndTheOthersHaveCountedIt() throws BadFaults {
    set(1, "{'on':'call','nth':2,'do':'lose'}", "{'on':'call','nth':[2,3],'do':'reset'}");

    List<Fault.Kind> kinds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      faults.call(GET).ifPresent(struck -> kinds.add(struck.fault().kind()));
    }

    assertThat(kinds).containsExactly(Fault.Kind.LOSE, Fault.Kind.RESET);
  }

  @ParameterizedTest
  @CsvSource({
    "storage.objects.get, *, *, true",
    "storage.*, records/a, local-function, true",
    "*, *, local-*, true",
    "Images.*, *, *, false",
    "*, records/b, *, false",
    "*, *, local-ci, false",
    "*, *, '', false",
  })
  void aRuleMatchesByMethodResourceAndCaller(
      String method, String resource, String caller, boolean struck) throws BadFaults {
    set(
        1,
        "{'on':'call','do':'reset','method':'"
            + method
            + "','resource':'"
            + resource
            + "','caller':'"
            + caller
            + "'}");

    assertThat(faults.call(GET).isPresent()).isEqualTo(struck);
  }

  @Test
  void theReportTellsWhatWasStruckAndHowOften() throws BadFaults {
    set(
        5,
        "{'name':'first two','on':'call','method':'storage.objects.get','atMost':2,'do':'reset'}");
    IntStream.range(0, 3).forEach(i -> faults.call(GET));
    faults.call(LIST);

    JsonObject report = JsonParser.parseString(faults.report()).getAsJsonObject();
    JsonObject rule = report.getAsJsonArray("rules").get(0).getAsJsonObject();
    assertThat(report.get("seed").getAsLong()).isEqualTo(5);
    assertThat(rule.get("name").getAsString()).isEqualTo("first two");
    assertThat(rule.get("matched").getAsLong()).isEqualTo(3);
    assertThat(rule.get("struck").getAsLong()).isEqualTo(2);
    assertThat(rule.getAsJsonArray("latest").toString())
        .isEqualTo(
            "[\"#1 storage.objects.get records/a local-function\","
                + "\"#2 storage.objects.get records/a local-function\"]");
  }

  @Test
  void badOnesLeaveTheOldOnesInPlace() throws BadFaults {
    set(1, "{'on':'call','do':'reset'}");

    assertThatThrownBy(() -> faults.replace("{}")).isInstanceOf(BadFaults.class);
    assertThat(faults.call(GET)).isPresent();
    faults.clear();
    assertThat(faults.call(GET)).isEmpty();
  }

  @Test
  @Timeout(300)
  void aHoldThatIsClearedBeforeItBeginsHoldsNobody() throws Exception {
    set(1, "{'on':'call','do':'hold-before','then':'end'}");
    Faults.Struck struck = faults.call(GET).orElseThrow();

    faults.clear();
    faults.hold(struck);

    assertThat(faults.report()).contains("\"held\": 0");
  }

  @Test
  void anEventDepartsOnceUnlessItIsDoubledOrLate() throws BadFaults {
    assertThat(faults.departures("a")).containsExactly(Duration.ZERO);
    set(
        1,
        "{'on':'event','object':'twice','do':'duplicate'}",
        "{'on':'event','object':'late','do':'late','lateSeconds':60}",
        "{'on':'event','object':'scattered','do':'duplicate','copies':3,'lateSeconds':[10,20]}");

    assertThat(faults.departures("twice")).containsExactly(Duration.ZERO, Duration.ZERO);
    assertThat(faults.departures("late")).containsExactly(Duration.ofSeconds(60));
    List<Duration> scattered = faults.departures("scattered");
    assertThat(scattered).hasSize(4).doesNotHaveDuplicates().startsWith(Duration.ZERO);
    assertThat(scattered.subList(1, 4))
        .allSatisfy(
            late -> assertThat(late).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20)));
    assertThat(faults.departures("other")).containsExactly(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /storage/v1/b, storage.buckets.list, ''",
    "GET, /storage/v1/b/u, storage.buckets.get, u",
    "GET, /storage/v1/b/u/o, storage.objects.list, u",
    "GET, /storage/v1/b/u/o/dir%2Fa+b, storage.objects.get, u/dir/a+b",
    "GET, /download/storage/v1/b/u/o/a, storage.objects.get, u/a",
    "DELETE, /storage/v1/b/u/o/a, storage.objects.delete, u/a",
    "POST, /storage/v1/b/u/o/a/rewriteTo/b/p/o/c%2Fd, storage.objects.rewrite, p/c/d",
    "POST, /storage/v1/b/u/o/a/compose, storage.objects.compose, u/a",
    "POST, /upload/storage/v1/b/u/o, storage.objects.insert, u/n",
    "PUT, /resumable/upload/storage/v1/b/u/o, storage.objects.insert, u/n",
    "POST, /compute/v1/projects/demo/global/images, Images.Insert, projects/demo/global/images",
    "GET, /compute/v1/projects/demo/global/images/family/f, Images.GetFromFamily,"
        + " projects/demo/global/images/family/f",
    "PATCH, /compute/v1/projects/demo/zones/z/instanceGroupManagers/g,"
        + " InstanceGroupManagers.Patch, projects/demo/zones/z/instanceGroupManagers/g",
    "POST, /compute/v1/projects/demo/zones/z/operations/o/wait, ZoneOperations.Wait,"
        + " projects/demo/zones/z/operations/o/wait",
    "GET, /_local/nothing, GET /_local/nothing, /_local/nothing",
  })
  void aCallHasGooglesNames(String verb, String path, String method, String resource) {
    Call call = new Call(verb, path, Map.of("name", "n"), "");

    assertThat(call.method()).isEqualTo(method);
    assertThat(call.resource()).isEqualTo(resource);
  }

  private List<Boolean> outcomes(int calls, boolean disturbed) {
    List<Boolean> struck = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      struck.add(faults.call(GET).isPresent());
      if (disturbed && i % 3 == 0) {
        faults.call(LIST);
        faults.call(call("GET", "/storage/v1/b/records/o/a", "local-ci"));
      }
    }
    return struck;
  }

  private void set(long seed, String... rules) throws BadFaults {
    String json = "{'seed':" + seed + ",'rules':[" + String.join(",", rules) + "]}";
    faults.replace(json.replace('\'', '"'));
  }

  private static Call call(String verb, String path, String caller) {
    return new Call(verb, path, Map.of(), caller);
  }
}
