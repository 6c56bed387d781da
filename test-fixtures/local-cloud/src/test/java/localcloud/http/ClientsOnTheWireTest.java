package localcloud.http;

import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients for Go, Node and Python send to Cloud Storage, byte for byte, and are answered. */
class ClientsOnTheWireTest {
  private static final String HOME = "/storage/v1/b/" + BUCKET;
  private static final String UPLOAD = "/upload" + HOME + "/o?uploadType=";

  @TempDir Path folder;
  private StorageCloud cloud;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    cloud = new StorageCloud(folder);
  }

  @AfterEach
  void stop() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void goSendsChunksByPostAndTakesNo308() throws Exception {
    String session = session("go.bin");
    String first = "x".repeat(256 * 1024);
    HttpResponse<String> more =
        send(
            request(session)
                .header("X-GUploader-No-308", "yes")
                .header("Content-Range", "bytes 0-262143/*")
                .POST(BodyPublishers.ofString(first)));
    assertThat(more.statusCode()).isEqualTo(200);
    assertThat(more.headers().firstValue("X-Http-Status-Code-Override")).contains("308");
    assertThat(more.headers().firstValue("Range")).contains("bytes=0-262143");

    HttpResponse<String> last =
        send(
            request(session)
                .header("X-GUploader-No-308", "yes")
                .header("Content-Range", "bytes 262144-262146/262147")
                .POST(BodyPublishers.ofString("end")));
    assertThat(last.headers().firstValue("X-Http-Status-Code-Override")).isEmpty();
    assertThat(json(last).get("size").getAsString()).isEqualTo("262147");
  }

  @Test
  void nodeSendsAllWithoutSayingHowMuch() throws Exception {
    HttpResponse<String> whole =
        send(
            request(session("node.txt"))
                .header("Content-Range", "bytes 0-*/*")
                .PUT(BodyPublishers.ofString("hello")));
    assertThat(json(whole).get("size").getAsString()).isEqualTo("5");
  }

  @Test
  void goSendsNullForAResourceOfWhichNothingIsSaid() throws Exception {
    List<String> names = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
    for (String name : names) {
      put(name, "content of " + name);
    }
    List<CompletableFuture<HttpResponse<String>>> copies =
        names.stream()
            .map(name -> request(HOME + "/o/" + name + "/rewriteTo/b/" + BUCKET + "/o/to-" + name))
            .map(request -> request.POST(BodyPublishers.ofString("null\n")).build())
            .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
            .toList();

    for (String name : names) {
      JsonObject copy = json(copies.get(Integer.parseInt(name)).get());
      assertThat(copy.getAsJsonObject("resource").get("name").getAsString())
          .isEqualTo("to-" + name);
      assertThat(send(request(HOME + "/o/to-" + name + "?alt=media")).body())
          .isEqualTo("content of " + name);
    }
  }

  @Test
  void listsOfAccessControlAreRefusedInGooglesWords() throws Exception {
    put("a", "hello");
    String sentence =
        "legacy ACL for an object when uniform bucket-level access is enabled. Read more at"
            + " https://cloud.google.com/storage/docs/uniform-bucket-level-access.";
    HttpRequest.Builder upload =
        request(UPLOAD + "media&name=b&predefinedAcl=private").POST(BodyPublishers.ofString("x"));
    HttpRequest.Builder insert =
        request(HOME + "/o/a/acl")
            .POST(BodyPublishers.ofString("{\"entity\":\"allUsers\",\"role\":\"READER\"}"));

    assertRefused(send(upload), 400, "invalid", "Cannot insert " + sentence);
    assertRefused(send(insert), 400, "invalid", "Cannot insert " + sentence);
    assertRefused(send(request(HOME + "/o/a/acl")), 400, "invalid", "Cannot get " + sentence);
    assertThat(send(request(HOME + "/o/b")).statusCode()).isEqualTo(404);
  }

  @Test
  void aBucketsPolicyIsKeptUnlessItWasMadeOfAnEarlierOne() throws Exception {
    String etag = json(send(request(HOME + "/iam"))).get("etag").getAsString();
    String binding = "{\"role\": \"roles/storage.objectViewer\", \"members\": [\"%s\"]}";
    String policy = "{\"etag\": \"" + etag + "\", \"bindings\": [" + binding + "]}";
    String viewer = policy.replace("%s", "user:a@example.com");

    JsonObject kept = json(send(request(HOME + "/iam").PUT(BodyPublishers.ofString(viewer))));

    assertThat(kept.get("bindings").toString())
        .contains("user:a@example.com")
        .doesNotContain("Owner");
    assertThat(json(send(request(HOME + "/iam")))).isEqualTo(kept);
    assertRefused(
        send(request(HOME + "/iam").PUT(BodyPublishers.ofString(viewer))),
        412,
        "conditionNotMet",
        "At least one of the pre-conditions you specified did not hold.");
    String everybody = "{\"bindings\": [" + binding.replace("%s", "allUsers") + "]}";
    assertThat(send(request(HOME + "/iam").PUT(BodyPublishers.ofString(everybody))).statusCode())
        .isEqualTo(412);
    String unknown = "{\"bindings\": [{\"role\": \"viewer\", \"members\": []}]}";
    assertRefused(
        send(request(HOME + "/iam").PUT(BodyPublishers.ofString(unknown))),
        400,
        "invalid",
        "Role (viewer) does not exist.");
  }

  @Test
  void aBucketThatNamesAListHasNoUniformAccessAndIsNeverPublic() throws Exception {
    String url = "/storage/v1/b?project=demo&predefinedAcl=";
    HttpRequest.Builder mine =
        request(url + "private").POST(BodyPublishers.ofString("{\"name\": \"fine-grained\"}"));
    HttpRequest.Builder everybodys =
        request(url + "publicRead").POST(BodyPublishers.ofString("{\"name\": \"public\"}"));

    JsonObject access = json(send(mine)).getAsJsonObject("iamConfiguration");
    assertThat(access.getAsJsonObject("uniformBucketLevelAccess").get("enabled").getAsBoolean())
        .isFalse();
    HttpRequest.Builder upload =
        request("/upload/storage/v1/b/fine-grained/o?uploadType=media&name=a&predefinedAcl=private")
            .POST(BodyPublishers.ofString("x"));
    assertThat(send(upload).statusCode()).isEqualTo(200);
    assertRefused(
        send(everybodys),
        412,
        "conditionNotMet",
        "The member bindings allUsers and allAuthenticatedUsers are not allowed since public"
            + " access prevention is enforced.");
  }

  @Test
  void whatGoogleDoesNotKnowIsIgnored() throws Exception {
    put("a", "hello");
    assertThat(send(request(HOME + "/o/a?force=true&access_token=x")).statusCode()).isEqualTo(200);
    HttpRequest.Builder insert =
        request("/storage/v1/b?project=demo")
            .POST(BodyPublishers.ofString("{\"name\":\"of-a-project\",\"project\":\"demo\"}"));
    assertThat(send(insert).statusCode()).isEqualTo(200);
  }

  @Test
  void aBucketsPatchMergesAndKeepsItsAccess() throws Exception {
    HttpRequest.Builder patch =
        request(HOME)
            .method(
                "PATCH",
                BodyPublishers.ofString(
                    "{\"labels\": {\"team\": \"edge\"},"
                        + " \"iamConfiguration\": {\"publicAccessPrevention\": \"enforced\"}}"));
    JsonObject bucket = json(send(patch));

    JsonObject access = bucket.getAsJsonObject("iamConfiguration");
    assertThat(bucket.getAsJsonObject("labels").get("team").getAsString()).isEqualTo("edge");
    assertThat(bucket.get("metageneration").getAsString()).isEqualTo("2");
    assertThat(access.get("publicAccessPrevention").getAsString()).isEqualTo("enforced");
    assertThat(access.getAsJsonObject("uniformBucketLevelAccess").get("enabled").getAsBoolean())
        .isTrue();
    HttpRequest.Builder late =
        request(HOME + "?ifMetagenerationMatch=1").method("PATCH", BodyPublishers.ofString("{}"));
    assertThat(send(late).statusCode()).isEqualTo(412);
  }

  @Test
  void aBucketsUpdateRemovesWhatItDoesNotName() throws Exception {
    String all =
        "{\"labels\": {\"team\": \"edge\"}, \"cors\": [{\"method\": [\"GET\"]}],"
            + " \"website\": {\"mainPageSuffix\": \"index.html\"},"
            + " \"logging\": {\"logBucket\": \"logs\"},"
            + " \"lifecycle\": {\"rule\": [{\"action\": {\"type\": \"Delete\"}}]}}";
    JsonObject kept = json(send(request(HOME).method("PATCH", BodyPublishers.ofString(all))));
    assertThat(kept.keySet()).contains("labels", "cors", "website", "logging", "lifecycle");
    String fewer = "{\"labels\": {\"team\": \"core\"}}";
    JsonObject updated = json(send(request(HOME).PUT(BodyPublishers.ofString(fewer))));
    assertThat(updated.keySet()).as(updated.toString()).contains("labels");
    assertThat(updated.get("labels").toString()).isEqualTo("{\"team\":\"core\"}");
    assertThat(updated.keySet()).doesNotContain("cors", "website", "logging", "lifecycle");
    assertThat(updated.get("location")).isEqualTo(kept.get("location"));
    assertThat(updated.get("iamConfiguration")).isEqualTo(kept.get("iamConfiguration"));
    assertThat(send(request(HOME + "/notificationConfigs")).body())
        .contains("storage#notifications");
    assertThat(send(request("/storage/v1/projects/demo/serviceAccount")).body())
        .contains("@gs-project-accounts.iam.gserviceaccount.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"no-where\",\"location\":\"MOON\"} | The specified location constraint is not valid.",
        "{\"name\":\"no-class\",\"storageClass\":\"GOLD\"} | The storage class 'GOLD' is not valid.",
        "{\"name\":\"No_Name\"} | Invalid bucket name: 'No_Name'",
        "{\"name\":\"goog-mine\"} | Invalid bucket name: 'goog-mine'",
        "{\"name\":\"192.168.5.4\"} | Invalid bucket name: '192.168.5.4'",
        "{\"name\":\"a..b\"} | Invalid bucket name: 'a..b'",
        "{\"name\":\"l\",\"labels\":{\"Team\":\"x\"}} | Invalid bucket name: 'l'",
        "{\"name\":\"lab\",\"labels\":{\"Team\":\"x\"}} | Label key 'Team' violates format constraints.",
      })
  void aBucketThatCannotBeIsRefused(String bucket, String sentence) throws Exception {
    HttpResponse<String> answer =
        send(request("/storage/v1/b?project=demo").POST(BodyPublishers.ofString(bucket)));
    assertRefused(answer, 400, "invalid", sentence);
  }

  @Test
  void anObjectHasItsBucketsStorageClass() throws Exception {
    HttpRequest.Builder insert =
        request("/storage/v1/b?project=demo")
            .POST(BodyPublishers.ofString("{\"name\":\"cold-one\",\"storageClass\":\"COLDLINE\"}"));
    assertThat(send(insert).statusCode()).isEqualTo(200);
    HttpRequest.Builder upload =
        request("/upload/storage/v1/b/cold-one/o?uploadType=media&name=a")
            .POST(BodyPublishers.ofString("x"));
    assertThat(json(send(upload)).get("storageClass").getAsString()).isEqualTo("COLDLINE");
  }

  @Test
  void onlyTheFieldsThatAreAskedForAreAnswered() throws Exception {
    put("a", "hello");
    JsonObject list = json(send(request(HOME + "/o?fields=items(name,size),nextPageToken")));
    JsonArray items = list.getAsJsonArray("items");
    assertThat(list.keySet()).containsExactly("items");
    assertThat(items.get(0).getAsJsonObject().keySet()).containsExactly("name", "size");
    JsonObject one = json(send(request(HOME + "?fields=iamConfiguration/publicAccessPrevention")));
    assertThat(one.getAsJsonObject("iamConfiguration").keySet())
        .containsExactly("publicAccessPrevention");
    assertRefused(
        send(request(HOME + "?fields=a(b")),
        400,
        "invalidParameter",
        "Invalid field selection a(b");
  }

  @Test
  void conditionsByEtagHold() throws Exception {
    String etag = json(put("a", "hello")).get("etag").getAsString();
    assertThat(send(request(HOME + "/o/a").header("If-None-Match", etag)).statusCode())
        .isEqualTo(304);
    assertThat(send(request(HOME + "/o/a").header("If-Match", "other")).statusCode())
        .isEqualTo(412);
    HttpRequest.Builder patch =
        request(HOME + "/o/a")
            .header("If-Match", '"' + etag + '"')
            .method("PATCH", BodyPublishers.ofString("{\"contentLanguage\": \"en\"}"));
    assertThat(send(patch).statusCode()).isEqualTo(200);
    HttpRequest.Builder late = request(HOME + "/o/a").header("If-Match", '"' + etag + '"').DELETE();
    assertThat(send(late).statusCode()).isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.txt           | a.txt b.txt",
        "**.txt          | a.txt b.txt d/c.txt",
        "d/*             | d/c.txt d/e.bin",
        "?.txt           | a.txt b.txt",
        "[ab].txt        | a.txt b.txt",
        "[!a].txt        | b.txt",
        "{a,d/c}.txt     | a.txt d/c.txt",
      })
  void listsByGlob(String glob, String names) throws Exception {
    for (String name : new String[] {"a.txt", "b.txt", "d%2Fc.txt", "d%2Fe.bin"}) {
      put(name, "x");
    }
    String escaped = java.net.URLEncoder.encode(glob, StandardCharsets.UTF_8);
    JsonArray items = json(send(request(HOME + "/o?matchGlob=" + escaped))).getAsJsonArray("items");
    assertThat(items)
        .extracting(item -> item.getAsJsonObject().get("name").getAsString())
        .containsExactly(names.split(" ", -1));
  }

  @Test
  void anObjectMovesWithinItsBucket() throws Exception {
    put("from", "hello");
    HttpRequest.Builder move = request(HOME + "/o/from/moveTo/o/to").POST(BodyPublishers.noBody());
    assertThat(json(send(move)).get("name").getAsString()).isEqualTo("to");
    assertThat(send(request(HOME + "/o/from")).statusCode()).isEqualTo(404);
    assertThat(send(request(HOME + "/o/to?alt=media")).body()).isEqualTo("hello");
  }

  @Test
  void anUpdateRemovesWhatItDoesNotName() throws Exception {
    put("a", "hello");
    String whole = "{\"contentLanguage\": \"en\", \"metadata\": {\"a\": \"b\"}}";
    send(request(HOME + "/o/a").method("PATCH", BodyPublishers.ofString(whole)));
    HttpRequest.Builder update =
        request(HOME + "/o/a").PUT(BodyPublishers.ofString("{\"contentType\": \"text/x\"}"));
    JsonObject object = json(send(update));
    assertThat(object.has("metadata")).isFalse();
    assertThat(object.has("contentLanguage")).isFalse();
    assertThat(object.get("contentType").getAsString()).isEqualTo("text/x");
    assertThat(object.get("storageClass").getAsString()).isEqualTo("STANDARD");
  }

  @Test
  void contentWithoutATypeIsServedAsBytes() throws Exception {
    HttpResponse<String> content = send(request(HOME + "/o/" + putBare() + "?alt=media"));
    assertThat(content.headers().firstValue("Content-Type")).contains("application/octet-stream");
  }

  private String putBare() throws Exception {
    send(request(UPLOAD + "media&name=bare").POST(BodyPublishers.ofString("x")));
    return "bare";
  }

  @Test
  void aNullInANewResourceSaysNothing() throws Exception {
    String body =
        "{\"name\": \"nulls\", \"labels\": null, \"location\": null, \"iamConfiguration\":"
            + " {\"uniformBucketLevelAccess\": null}}";
    JsonObject made =
        json(send(request("/storage/v1/b?project=demo").POST(BodyPublishers.ofString(body))));
    assertThat(made.get("location").getAsString()).isEqualTo("US");
    assertThat(made.get("iamConfiguration").toString())
        .contains("\"uniformBucketLevelAccess\":{\"enabled\":true}");
    put("part", "hello");
    String compose =
        "{\"destination\": null, \"kind\": null, \"sourceObjects\":"
            + " [{\"name\": \"part\", \"generation\": null, \"objectPreconditions\": null}]}";
    for (String name : new String[] {"one", "two"}) {
      HttpRequest.Builder composed =
          request(HOME + "/o/" + name + "/compose").POST(BodyPublishers.ofString(compose));
      assertThat(json(send(composed)).get("name").getAsString()).isEqualTo(name);
    }
  }

  @Test
  void aNameThatIsNoUtf8IsRefused() throws Exception {
    assertThat(send(request(HOME + "/o/%FF")).statusCode()).isEqualTo(400);
    HttpRequest.Builder byQuery =
        request(UPLOAD + "media&name=%C3%28").POST(BodyPublishers.ofString("x"));
    assertThat(send(byQuery).statusCode()).isEqualTo(400);
    byte[] named = "{\"name\": \"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
    HttpRequest.Builder byBody =
        request(UPLOAD + "resumable").POST(BodyPublishers.ofByteArray(named));
    assertThat(send(byBody).statusCode()).isEqualTo(400);
  }

  @Test
  void aPageHidesNothingWhenAnObjectOrABucketIsDeletedMeanwhile() throws Exception {
    for (String name : new String[] {"a", "b", "c"}) {
      put(name, "x");
    }
    JsonObject first = json(send(request(HOME + "/o?maxResults=2")));
    send(request(HOME + "/o/b").DELETE());
    send(request(HOME + "/o/a").DELETE());
    String rest = "pageToken=" + first.get("nextPageToken").getAsString();
    assertThat(names(json(send(request(HOME + "/o?" + rest))))).containsExactly("c");

    for (String name : new String[] {"aaa", "bbb", "ccc"}) {
      String body = "{\"name\": \"" + name + "\"}";
      send(request("/storage/v1/b?project=demo").POST(BodyPublishers.ofString(body)));
    }
    JsonObject buckets = json(send(request("/storage/v1/b?project=demo&maxResults=2")));
    send(request("/storage/v1/b/bbb").DELETE());
    String more = "&pageToken=" + buckets.get("nextPageToken").getAsString();
    assertThat(names(json(send(request("/storage/v1/b?project=demo" + more)))))
        .containsExactly("ccc", BUCKET);
  }

  private static List<String> names(JsonObject list) {
    return list.getAsJsonArray("items").asList().stream()
        .map(item -> item.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  @Test
  void aBucketKeepsWhetherItsAccessIsUniform() throws Exception {
    for (boolean uniform : new boolean[] {true, false}) {
      String name = "uniform-" + uniform;
      String body =
          "{\"name\": \"%s\", \"iamConfiguration\": {\"uniformBucketLevelAccess\": {\"enabled\":%b}}}"
              .replace("%s", name)
              .replace("%b", Boolean.toString(uniform));
      send(request("/storage/v1/b?project=demo").POST(BodyPublishers.ofString(body)));
      assertThat(send(request("/storage/v1/b/" + name)).body().replaceAll("\\s", ""))
          .contains("\"uniformBucketLevelAccess\":{\"enabled\":" + uniform + "}");
    }
  }

  private String session(String name) throws Exception {
    HttpResponse<String> opened =
        send(request(UPLOAD + "resumable&name=" + name).POST(BodyPublishers.noBody()));
    String location = opened.headers().firstValue("Location").orElseThrow();
    return location.substring(cloud.address().length());
  }

  private HttpResponse<String> put(String name, String content) throws Exception {
    HttpResponse<String> done =
        send(request(UPLOAD + "media&name=" + name).POST(BodyPublishers.ofString(content)));
    assertThat(done.statusCode()).isEqualTo(200);
    return done;
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String reason, String sentence) {
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonObject error = json(answer).getAsJsonObject("error");
    assertThat(error.get("message").getAsString()).isEqualTo(sentence);
    assertThat(answer.body()).contains("\"reason\": \"" + reason + "\"");
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(cloud.address() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
