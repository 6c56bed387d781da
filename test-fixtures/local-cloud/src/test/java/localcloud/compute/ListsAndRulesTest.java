package localcloud.compute;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import localcloud.clock.ManualClock;
import localcloud.machines.SimulatedMachines;
import localcloud.world.Site;
import localcloud.world.World;
import localcloud.world.images.Disks;
import localcloud.world.operations.Pace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Compute Engine finds in lists, and what it refuses, where 200 would not be true. */
class ListsAndRulesTest {
  private static final String HOME = "/compute/v1/projects/demo/";
  private static final String ZONE = "zones/us-west1-a/";
  private static final String GROUPS = ZONE + "instanceGroupManagers";
  private static final String PAGINATED = "'listManagedInstancesResults':'PAGINATED',";

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
  @TempDir Path folder;
  private ComputeApi api;
  private String source = "";

  @BeforeEach
  void prepare() throws Exception {
    Disks disks = new Disks(folder);
    api =
        new ComputeApi(
            new World(
                new Site("demo", clock, folder, disks, Runnable::run),
                new SimulatedMachines(clock),
                Pace.usual()));
    source = disks.uploadSimulated("a", "{\"version\":\"1\",\"bootSeconds\":0}");
    for (String name : new String[] {"a", "b", "c"}) {
      image(
          "{'name':'"
              + name
              + "','description':'"
              + name
              + name
              + "','labels':{'k':'v'},"
              + "'rawDisk':{'source':'"
              + source
              + "'}}");
      clock.advance(Duration.ofSeconds(31));
    }
    ok(
        "POST",
        "global/instanceTemplates",
        "{'name':'t','properties':{'machineType':'f1-micro',"
            + "'networkInterfaces':[{'network':'global/networks/default'}],"
            + "'disks':[{'boot':true,'initializeParams':{'sourceImage':'global/images/a'}}]}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name eq 'a'                            | a",
        "name eq \"[ab]\"                       | a b",
        "name ne a                              | b c",
        "name = a OR name = b AND description = aa | a",
        "name > a                               | b c",
        "name >= b                              | b c",
        "diskSizeGb < 2                         | a b c",
        "NOT name = a                           | b c",
        "-name = a                              | b c",
        "-(name = a OR name = b)                | c",
        "labels.k = v AND name = c              | c",
      })
  void aFilterFindsWhatGoogleFinds(String filter, String names) {
    assertThat(names(get("global/images", Map.of("filter", filter)))).isEqualTo(names);
  }

  @Test
  void aFilterReachesIntoLists() {
    String field = "properties.disks.initializeParams.sourceImage";
    assertThat(
            names(get("global/instanceTemplates", Map.of("filter", field + " eq \".*/images/a\""))))
        .isEqualTo("t");
    assertThat(
            names(get("global/instanceTemplates", Map.of("filter", field + " eq \".*/images/b\""))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"name eq '('", "name ~ a", "name", "nothing = a", "(name = a"})
  void aFilterThatIsNoneIsRefused(String filter) {
    ApiAnswer answer = call("GET", "global/images", Map.of("filter", filter), "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json()).contains("Invalid list filter expression.");
  }

  @Test
  void aPageHidesNothingWhenAnItemIsDeletedMeanwhile() {
    JsonObject first = get("global/images", Map.of("maxResults", "1"));
    ok("DELETE", "global/images/a", "");
    clock.advance(Duration.ofSeconds(5));
    String token = first.get("nextPageToken").getAsString();
    JsonObject rest = get("global/images", Map.of("pageToken", token));
    assertThat(names(rest)).isEqualTo("b c");
    JsonObject newest =
        get("global/images", Map.of("orderBy", "creationTimestamp desc", "maxResults", "1"));
    assertThat(names(newest)).isEqualTo("c");
  }

  @Test
  void aPageOfAGroupsInstancesHidesNothingEither() {
    ok("POST", GROUPS, groupBody("g", "g", 0).replace("'name'", PAGINATED + "'name'"));
    // Not in the order of their names.
    for (String name : List.of("d", "a", "c", "b")) {
      ok("POST", GROUPS + "/g/createInstances", "{'instances':[{'name':'" + name + "'}]}");
    }
    clock.advance(Duration.ofSeconds(60));
    JsonObject first = post(GROUPS + "/g/listManagedInstances", Map.of("maxResults", "2"));
    assertThat(managed(first)).containsExactly("a", "b");
    ok("POST", GROUPS + "/g/deleteInstances", "{'instances':['" + ZONE + "instances/b']}");
    clock.advance(Duration.ofSeconds(60));
    String token = first.get("nextPageToken").getAsString();
    JsonObject rest = post(GROUPS + "/g/listManagedInstances", Map.of("pageToken", token));
    assertThat(managed(rest)).containsExactly("c", "d");
  }

  @Test
  void errorsComeInPagesNewestFirst() {
    ok(
        "POST",
        "global/instanceTemplates",
        "{'name':'absent','properties':{'machineType':'f1-micro',"
            + "'networkInterfaces':[{'network':'global/networks/default'}],"
            + "'disks':[{'boot':true,'initializeParams':{'sourceImage':'global/images/no'}}]}}");
    ok("POST", GROUPS, groupBody("g", "g", 2).replace("Templates/t'", "Templates/absent'"));
    clock.advance(Duration.ofSeconds(90));
    List<String> all = times(get(GROUPS + "/g/listErrors", Map.of()));
    assertThat(all).hasSizeGreaterThan(2).isSortedAccordingTo(Comparator.reverseOrder());
    List<String> paged = new ArrayList<>();
    Map<String, String> query = Map.of("maxResults", "1");
    while (!query.isEmpty()) {
      JsonObject page = get(GROUPS + "/g/listErrors", query);
      paged.addAll(times(page));
      query =
          page.has("nextPageToken")
              ? Map.of("maxResults", "1", "pageToken", page.get("nextPageToken").getAsString())
              : Map.of();
    }
    assertThat(paged).isEqualTo(all);
  }

  private static List<String> times(JsonObject errors) {
    return errors.getAsJsonArray("items").asList().stream()
        .map(item -> item.getAsJsonObject().get("timestamp").getAsString())
        .toList();
  }

  private static List<String> managed(JsonObject list) {
    return list.getAsJsonArray("managedInstances").asList().stream()
        .map(item -> item.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  @Test
  void aResourceIsKnownByItsNumberToo() {
    String id = get("global/images/a", Map.of()).get("id").getAsString();
    assertThat(get("global/images/" + id, Map.of()).get("name").getAsString()).isEqualTo("a");
    assertThat(call("GET", "global/images/12345", Map.of(), "").status()).isEqualTo(404);
    group("g", "vm-#", 1);
    clock.advance(Duration.ofSeconds(60));
    for (String path : List.of(GROUPS + "/g", ZONE + "instances/vm-1")) {
      String number = get(path, Map.of()).get("id").getAsString();
      String byNumber = path.substring(0, path.lastIndexOf('/') + 1) + number;
      assertThat(get(byNumber, Map.of()).get("id").getAsString()).isEqualTo(number);
    }
    String group = get(GROUPS + "/g", Map.of()).get("id").getAsString();
    ok("DELETE", GROUPS + "/" + group, "");
    clock.advance(Duration.ofSeconds(60));
    assertThat(names(get(GROUPS, Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'labels':{'Team':'x'} | Label key 'Team' violates format constraints.",
        "'labels':{'1':'x'}    | Label key '1' violates format constraints.",
        "'labels':{'a':'X'}    | Label value 'X' violates format constraints.",
        "'description':'x'     | The provided source is not a supported file.",
      })
  void anImageThatCannotBeIsRefused(String field, String sentence) {
    String url = field.contains("description") ? source.replace(".tar.gz", ".zip") : source;
    String body = "{'name':'x'," + field + ",'rawDisk':{'source':'" + url + "'}}";
    ApiAnswer answer = call("POST", "global/images", Map.of(), body.replace('\'', '"'));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json()).contains(sentence);
  }

  @Test
  void anEmptyMessageSaysNothing() {
    image("{'name':'e','shieldedInstanceInitialState':{},'rawDisk':{'source':'" + source + "'}}");
  }

  @Test
  void aBodyMayBeTheEmptyString() {
    group("g", "g", 1);
    ok("POST", GROUPS + "/g/listManagedInstances", "\"\"");
    ok("POST", GROUPS + "/g/listManagedInstances", "null");
  }

  @Test
  void aBaseNameMayEndInDigitsToBeAndIsNotTooLong() {
    group("numbered", "vm-###", 2);
    clock.advance(Duration.ofSeconds(60));
    assertThat(names(get(ZONE + "instances", Map.of()))).isEqualTo("vm-001 vm-002");
    String tooLong = "x".repeat(59);
    ApiAnswer refused =
        call("POST", GROUPS, Map.of(), groupBody("long", tooLong, 1).replace('\'', '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json()).contains("58");
  }

  @Test
  void aGroupTakesNamedInstancesAndLetsSomeGo() {
    group("g", "g", 0);
    ok("POST", GROUPS + "/g/createInstances", "{'instances':[{'name':'mine'},{'name':'yours'}]}");
    clock.advance(Duration.ofSeconds(60));
    assertThat(names(get(ZONE + "instances", Map.of()))).isEqualTo("mine yours");
    ok("POST", GROUPS + "/g/abandonInstances", "{'instances':['" + ZONE + "instances/mine']}");
    clock.advance(Duration.ofSeconds(60));

    assertThat(get(GROUPS + "/g", Map.of()).get("targetSize").getAsInt()).isEqualTo(1);
    assertThat(get(ZONE + "instances/mine", Map.of()).get("status").getAsString())
        .isEqualTo("RUNNING");
    ok("DELETE", GROUPS + "/g", "");
    clock.advance(Duration.ofSeconds(60));
    assertThat(names(get(ZONE + "instances", Map.of()))).isEqualTo("mine");
  }

  @Test
  void aGroupsInstancesStandByAndRunAgain() {
    group("g", "vm-#", 2);
    clock.advance(Duration.ofSeconds(60));
    String one = "{'instances':['" + ZONE + "instances/vm-1']}";
    for (String[] way :
        new String[][] {{"suspend", "SUSPENDED", "resume"}, {"stop", "TERMINATED", "start"}}) {
      ok("POST", GROUPS + "/g/" + way[0] + "Instances", one);
      clock.advance(Duration.ofSeconds(60));
      assertThat(status("vm-1")).isEqualTo(way[1]);
      assertThat(get(GROUPS + "/g", Map.of()).get("targetSize").getAsInt()).isEqualTo(1);
      ok("POST", GROUPS + "/g/" + way[2] + "Instances", one);
      clock.advance(Duration.ofSeconds(60));
      assertThat(status("vm-1")).isEqualTo("RUNNING");
      assertThat(get(GROUPS + "/g", Map.of()).get("targetSize").getAsInt()).isEqualTo(2);
    }
  }

  @Test
  void aSingleInstanceRunsStopsStartsAndGoes() {
    String body =
        "{'name':'one','machineType':'"
            + ZONE
            + "machineTypes/f1-micro','disks':[{'boot':true,"
            + "'initializeParams':{'sourceImage':'global/images/a'}}],"
            + "'networkInterfaces':[{'network':'global/networks/default'}]}";
    ok("POST", ZONE + "instances", body.replace("'name'", "'tags':{'items':['web']},'name'"));
    assertThat(status("one")).isEqualTo("PROVISIONING");
    clock.advance(Duration.ofSeconds(30));
    assertThat(status("one")).isEqualTo("RUNNING");
    ok("POST", ZONE + "instances/one/stop", "");
    clock.advance(Duration.ofSeconds(30));
    assertThat(status("one")).isEqualTo("TERMINATED");
    ok("POST", ZONE + "instances/one/start", "");
    clock.advance(Duration.ofSeconds(30));
    assertThat(status("one")).isEqualTo("RUNNING");
    JsonObject tags = get(ZONE + "instances/one", Map.of()).getAsJsonObject("tags");
    assertThat(tags.get("items").toString()).isEqualTo("[\"web\"]");
    assertThat(tags.has("fingerprint")).isTrue();
    ok("POST", ZONE + "instances/one/suspend", "");
    assertThat(status("one")).isEqualTo("SUSPENDING");
    clock.advance(Duration.ofSeconds(30));
    assertThat(status("one")).isEqualTo("SUSPENDED");
    for (String refused : List.of("suspend", "start")) {
      assertThat(call("POST", ZONE + "instances/one/" + refused, Map.of(), "").status())
          .isEqualTo(400);
    }
    ok("POST", ZONE + "instances/one/resume", "");
    clock.advance(Duration.ofSeconds(30));
    assertThat(status("one")).isEqualTo("RUNNING");
    ok("DELETE", ZONE + "instances/one", "");
    clock.advance(Duration.ofSeconds(30));
    assertThat(call("GET", ZONE + "instances/one", Map.of(), "").status()).isEqualTo(404);
    ApiAnswer absent =
        call(
            "POST",
            ZONE + "instances",
            Map.of(),
            body.replace("images/a", "images/none").replace('\'', '"'));
    assertThat(absent.status()).isEqualTo(400);
    assertThat(absent.json()).contains("The referenced image resource cannot be found.");
  }

  @Test
  void disksAreListedWithTheirInstancesAndMayComeBeforeThem() {
    ok("POST", ZONE + "disks", "{'name':'d','sizeGb':'50','sourceImage':'global/images/a'}");
    String nic = "'networkInterfaces':[{'network':'global/networks/default'}]";
    String head = "'machineType':'" + ZONE + "machineTypes/f1-micro','labels':{'a':'b'}," + nic;
    String source = "{'boot':true,'source':'" + ZONE + "disks/d'}";
    ok("POST", ZONE + "instances", "{'name':'one'," + head + ",'disks':[" + source + "]}");
    String image =
        "{'boot':true,'initializeParams':{'sourceImage':'global/images/a','diskSizeGb':'20'}}";
    ok("POST", ZONE + "instances", "{'name':'two'," + head + ",'disks':[" + image + "]}");
    clock.advance(Duration.ofSeconds(30));

    assertThat(status("one")).isEqualTo("RUNNING");
    assertThat(get(ZONE + "instances/one", Map.of()).toString())
        .contains("\"labels\":{\"a\":\"b\"}");
    assertThat(names(get(ZONE + "disks", Map.of()))).isEqualTo("d two");
    JsonObject made = get(ZONE + "disks/d", Map.of());
    assertThat(made.get("sizeGb").getAsString()).isEqualTo("50");
    assertThat(made.getAsJsonArray("users").toString()).contains("/instances/one");
    assertThat(get(ZONE + "disks/two", Map.of()).get("sizeGb").getAsString()).isEqualTo("20");
    assertThat(get("aggregated/disks", Map.of()).toString())
        .contains("/disks/two", "zones/us-west1-b");
    ApiAnswer used = call("DELETE", ZONE + "disks/d", Map.of(), "");
    assertThat(used.status()).isEqualTo(400);
    assertThat(used.json()).contains("is already being used by", "/instances/one");
    ok("DELETE", ZONE + "instances/one", "");
    clock.advance(Duration.ofSeconds(30));
    ok("DELETE", ZONE + "disks/d", "");
    assertThat(names(get(ZONE + "diskTypes", Map.of()))).contains("pd-balanced pd-extreme pd-ssd");
  }

  @Test
  void aDiskThatOutlivesItsInstanceMakesAnImage() {
    String body =
        "{'name':'one','machineType':'"
            + ZONE
            + "machineTypes/f1-micro','disks':[{'boot':true,'autoDelete':false,"
            + "'initializeParams':{'sourceImage':'global/images/a','diskName':'kept'}}],"
            + "'networkInterfaces':[{'network':'global/networks/default'}]}";
    ok("POST", ZONE + "instances", body);
    clock.advance(Duration.ofSeconds(30));
    String image = "{'name':'of-disk','family':'f','sourceDisk':'" + ZONE + "disks/kept'}";
    ApiAnswer used = call("POST", "global/images", Map.of(), image.replace('\'', '"'));
    assertThat(used.status()).isEqualTo(400);
    assertThat(used.json()).contains("is already being used by");
    ok("DELETE", ZONE + "instances/one", "");
    clock.advance(Duration.ofSeconds(30));
    assertThat(names(get(ZONE + "disks", Map.of()))).isEqualTo("kept");

    ok("POST", "global/images", image);
    ok("POST", "global/images", "{'name':'of-image','sourceImage':'global/images/a'}");
    clock.advance(Duration.ofSeconds(31));
    for (String made : List.of("of-disk", "of-image")) {
      JsonObject shown = get("global/images/" + made, Map.of());
      assertThat(shown.get("status").getAsString()).isEqualTo("READY");
      assertThat(shown.has("rawDisk")).isFalse();
    }
    ok("DELETE", "global/images/a", "");
    clock.advance(Duration.ofSeconds(5));
    ok(
        "POST",
        ZONE + "instances",
        body.replace("images/a", "images/family/f").replace("'kept'", "'n'"));
    clock.advance(Duration.ofSeconds(30));
    assertThat(status("one")).isEqualTo("RUNNING");
    String none = "{'name':'x','sourceImage':'global/images/none'}".replace('\'', '"');
    assertThat(call("POST", "global/images", Map.of(), none).status()).isEqualTo(404);
  }

  @Test
  void networksAndAddressesAreKeptInTheirPlace() {
    ok("POST", "global/networks", "{'name':'edge'}");
    ok("POST", "regions/us-west1/addresses", "{'name':'out'}");
    assertThat(names(get("global/networks", Map.of()))).isEqualTo("default edge");
    assertThat(get("global/networks/edge", Map.of()).get("autoCreateSubnetworks").getAsBoolean())
        .isTrue();
    JsonObject address = get("regions/us-west1/addresses/out", Map.of());
    assertThat(address.get("region").getAsString()).endsWith("/regions/us-west1");
    assertThat(address.get("address").getAsString()).startsWith("203.0.113.");
    assertThat(names(get("global/addresses", Map.of()))).isEmpty();
    assertThat(get("aggregated/addresses", Map.of()).toString()).contains("/addresses/out");
    ok("DELETE", "global/networks/edge", "");
    ok("DELETE", "regions/us-west1/addresses/out", "");
    assertThat(call("DELETE", "global/networks/default", Map.of(), "").status()).isEqualTo(501);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TCP   | 'tcpHealthCheck':{'request':'ping','response':'pong'} | \"port\": 80",
        "SSL   | 'description':'s'                                     | \"port\": 443",
        "HTTPS | 'httpsHealthCheck':{'requestPath':'/up'}              | \"port\": 443",
        "HTTP2 | 'http2HealthCheck':{'portName':'web'}                 | \"requestPath\": \"/\"",
        "GRPC  | 'grpcHealthCheck':{'port':50051}                      | \"port\": 50051",
      })
  void aHealthCheckOfEachProtocolHasItsDefaults(String type, String part, String shown) {
    String name = type.toLowerCase(java.util.Locale.ROOT);
    ok("POST", "global/healthChecks", "{'name':'" + name + "','type':'" + type + "'," + part + "}");
    ApiAnswer answer = call("GET", "global/healthChecks/" + name, Map.of(), "");
    assertThat(answer.json()).contains(shown);
    if (type.equals("HTTP2")) {
      assertThat(answer.json()).doesNotContain("\"port\"");
    }
  }

  @Test
  void aProjectHasMetadataForAllItsInstances() {
    JsonObject metadata =
        JsonParser.parseString(
                api.answer(new ApiCall("GET", "/compute/v1/projects/demo", Map.of(), new byte[0]))
                    .json())
            .getAsJsonObject()
            .getAsJsonObject("commonInstanceMetadata");
    assertThat(metadata.get("kind").getAsString()).isEqualTo("compute#metadata");
    assertThat(metadata.has("fingerprint")).isTrue();
  }

  private String status(String instance) {
    return get(ZONE + "instances/" + instance, Map.of()).get("status").getAsString();
  }

  private void image(String body) {
    ok("POST", "global/images", body);
  }

  private void group(String name, String base, int size) {
    ok("POST", GROUPS, groupBody(name, base, size));
  }

  private static String groupBody(String name, String base, int size) {
    return "{'name':'"
        + name
        + "','baseInstanceName':'"
        + base
        + "','targetSize':"
        + size
        + ",'instanceTemplate':'global/instanceTemplates/t'}";
  }

  private static String names(JsonObject list) {
    JsonArray items = list.has("items") ? list.getAsJsonArray("items") : new JsonArray();
    List<String> names =
        items.asList().stream()
            .map(item -> item.getAsJsonObject().get("name").getAsString())
            .toList();
    return String.join(" ", names);
  }

  private JsonObject get(String path, Map<String, String> query) {
    ApiAnswer answer = call("GET", path, query, "");
    assertThat(answer.status()).as(answer.json()).isEqualTo(200);
    return JsonParser.parseString(answer.json()).getAsJsonObject();
  }

  private JsonObject post(String path, Map<String, String> query) {
    ApiAnswer answer = call("POST", path, query, "");
    assertThat(answer.status()).as(answer.json()).isEqualTo(200);
    return JsonParser.parseString(answer.json()).getAsJsonObject();
  }

  private void ok(String verb, String path, String body) {
    ApiAnswer answer = call(verb, path, Map.of(), body.replace('\'', '"'));
    assertThat(answer.status()).as(answer.json()).isEqualTo(200);
  }

  private ApiAnswer call(String verb, String path, Map<String, String> query, String body) {
    return api.answer(
        new ApiCall(
            verb, HOME + path, new HashMap<>(query), body.getBytes(StandardCharsets.UTF_8)));
  }
}
