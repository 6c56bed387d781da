package localcloud.http;

import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import localcloud.access.Access;
import localcloud.access.Grants;
import localcloud.access.Permissions;
import localcloud.storage.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cloud Storage's refusals of callers who lack a permission. */
class PermitTest {
  private static final String OBJECTS = "/storage/v1/b/" + BUCKET + "/o";
  private static final String UPLOAD = "/upload/storage/v1/b/" + BUCKET + "/o?name=a&uploadType=";

  @TempDir Path folder;
  private StorageCloud cloud;
  private final HttpClient client = HttpClient.newHttpClient();

  /** creator may create, reader get, lister get and list. */
  @BeforeEach
  void start() throws Exception {
    Path infra = folder.resolve("infra");
    Files.createDirectories(infra.resolve("roles"));
    String role = "title: t\ndescription: d\nstage: GA\nincludedPermissions: [%s]\n";
    Files.writeString(infra.resolve("roles/get.yaml"), role.replace("%s", "storage.objects.get"));
    Files.writeString(
        infra.resolve("roles/orders.yaml"),
        role.replace("%s", "storage.objects.get, storage.objects.create, storage.objects.delete"));
    Files.writeString(
        infra.resolve("bindings.yaml"),
        """
        - {member: creator, role: roles/storage.objectCreator, where: bucket, except: handoff/}
        - {member: reader, role: get, where: bucket}
        - {member: operator, role: orders, where: bucket, only: orders/}
        - {member: lister, role: roles/storage.objectViewer, where: bucket}
        """);
    Grants grants = Grants.read(infra, Map.of("bucket", BUCKET));
    cloud = new StorageCloud(folder, new Access("demo", () -> grants));
  }

  @AfterEach
  void stop() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void everyMethodHasItsRowInTheTable() {
    // A route without one does not even start; this keeps the table free of typing errors.
    assertThat(Permissions.TABLE.methods())
        .filteredOn(row -> row.startsWith("storage."))
        .filteredOn(row -> !row.equals("storage.session"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Route.values()).map(Route::id).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /storage/v1/b/mir-riseos/o/a,          storage.objects.get,    Storage object",
    "GET,    /storage/v1/b/mir-riseos/o/a?alt=media, storage.objects.get,   Storage object",
    "GET,    /storage/v1/b/mir-riseos/o,            storage.objects.list,   Storage bucket",
    "DELETE, /storage/v1/b/mir-riseos/o/a,          storage.objects.delete, Storage object",
    "GET,    /storage/v1/b/mir-riseos,              storage.buckets.get,    Storage bucket",
    "GET,    /storage/v1/b?project=demo,            storage.buckets.list,   project",
    "GET,    /storage/v1/b/no-such-bucket/o/a,      storage.objects.get,    Storage object",
  })
  void aStrangerIsToldWhichPermissionIsMissing(
      String verb, String path, String permission, String kind) throws Exception {
    HttpResponse<String> answer = send(verb, path, "", "stranger");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(message(answer))
        .isEqualTo(
            "stranger@demo.iam.gserviceaccount.com does not have "
                + permission
                + (" access to the Google Cloud " + kind + ". Permission '" + permission)
                + "' denied on resource (or it may not exist).");
    assertThat(answer.body()).contains("\"reason\": \"forbidden\"");
  }

  @Test
  void anUnknownIdentityIs401AndNoneIsTheOwner() throws Exception {
    assertThat(send("GET", OBJECTS, "", "nobody").statusCode()).isEqualTo(401);
    assertThat(send("GET", OBJECTS, "", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aNameThatAGrantLeavesOutIsRefusedByPathAndByMetadata() throws Exception {
    String byPath = UPLOAD.replace("name=a", "name=handoff/a") + "media";
    assertThat(send("POST", byPath, "one", "creator").statusCode()).isEqualTo(403);
    HttpResponse<String> byMetadata =
        send("POST", UPLOAD + "resumable", "{\"name\": \"handoff/a\"}", "creator");
    assertThat(byMetadata.statusCode()).isEqualTo(403);
    assertThat(message(byMetadata)).contains("creator@", "storage.objects.create");
  }

  @Test
  void whoMayWriteInOneFolderMayDoNothingBesideIt() throws Exception {
    String order = UPLOAD.replace("name=a", "name=orders/t/hold") + "media";
    assertThat(send("POST", UPLOAD + "media", "one", "").statusCode()).isEqualTo(200);

    assertThat(send("POST", order, "one", "operator").statusCode()).isEqualTo(200);
    assertThat(send("POST", order, "two", "operator").statusCode()).isEqualTo(200);
    assertThat(send("GET", OBJECTS + "/orders%2Ft%2Fhold", "", "operator").statusCode())
        .isEqualTo(200);
    assertThat(send("POST", UPLOAD + "media", "two", "operator").statusCode()).isEqualTo(403);
    assertThat(send("GET", OBJECTS + "/a", "", "operator").statusCode()).isEqualTo(403);
    assertThat(send("DELETE", OBJECTS + "/a", "", "operator").statusCode()).isEqualTo(403);
    assertThat(send("GET", OBJECTS + "?prefix=orders/", "", "operator").statusCode())
        .isEqualTo(403);
    assertThat(send("DELETE", OBJECTS + "/orders%2Ft%2Fhold", "", "operator").statusCode())
        .isEqualTo(204);
  }

  @Test
  void toPutAnObjectInTheirPlaceTakesDelete() throws Exception {
    assertThat(send("POST", UPLOAD + "media", "one", "creator").statusCode()).isEqualTo(200);

    HttpResponse<String> again = send("POST", UPLOAD + "media", "two", "creator");

    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(message(again)).contains("creator@", "storage.objects.delete");
    HttpResponse<String> known =
        send("POST", UPLOAD + "media&ifGenerationMatch=0", "two", "creator");
    assertThat(known.statusCode()).isEqualTo(412);
    assertThat(send("GET", OBJECTS + "/a?alt=media", "", "").body()).isEqualTo("one");
  }

  @Test
  void anUploadSessionsAddressIsEnoughToFillItButNotToOverwrite() throws Exception {
    String[] sessions = new String[2];
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> opened = send("POST", UPLOAD + "resumable", "{}", "creator");
      sessions[i] = opened.headers().firstValue("Location").orElseThrow();
    }

    assertThat(send("PUT", path(sessions[0]), "one", "stranger").statusCode()).isEqualTo(200);
    HttpResponse<String> second = send("PUT", path(sessions[1]), "two", "creator");

    assertThat(second.statusCode()).isEqualTo(403);
    assertThat(message(second)).contains("storage.objects.delete");
    assertThat(send("GET", OBJECTS + "/a?alt=media", "", "").body()).isEqualTo("one");
  }

  @Test
  void whoMayNotListIsNotToldThatAnObjectIsMissing() throws Exception {
    HttpResponse<String> hidden = send("GET", OBJECTS + "/none", "", "reader");

    assertThat(hidden.statusCode()).isEqualTo(403);
    assertThat(message(hidden)).contains("storage.objects.list");
    assertThat(send("GET", OBJECTS + "/none", "", "lister").statusCode()).isEqualTo(404);
  }

  @Test
  void aCopyIsReadByItsSourceAndWrittenByItsDestination() throws Exception {
    send("POST", UPLOAD + "media", "one", "");
    String copy = OBJECTS + "/a/copyTo/b/" + BUCKET + "/o/b";

    assertThat(message(send("POST", copy, "{}", "creator"))).contains("storage.objects.get");
    assertThat(message(send("POST", copy, "{}", "reader"))).contains("storage.objects.create");
  }

  @Test
  void eachCallOfABatchHasItsCallerOrTheBatchs() throws Exception {
    send("POST", UPLOAD + "media", "one", "");
    String call = "--b\nContent-Type: application/http\n\nGET " + OBJECTS + "/a HTTP/1.1\n";
    String body = call + "Authorization: Bearer local-stranger\n\n\n" + call + "\n\n--b--\n";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(cloud.address() + "/batch/storage/v1"))
            .header("Content-Type", "multipart/mixed; boundary=b")
            .header("Authorization", "Bearer " + Access.token("reader"))
            .POST(BodyPublishers.ofString(body))
            .build();

    String answers = client.send(request, BodyHandlers.ofString()).body();

    assertThat(answers).containsSubsequence("HTTP/1.1 403", "stranger@", "HTTP/1.1 200");
  }

  @Test
  void aRefreshTokenIsExchangedForTheSameAccessToken() throws Exception {
    String form = "grant_type=refresh_token&client_id=x&refresh_token=";
    assertThat(send("POST", "/token", form + Access.token("creator"), "").body())
        .contains("\"access_token\": \"local-creator\"");
    HttpResponse<String> unknown = send("POST", "/token", form + "local-nobody", "");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("invalid_grant");
  }

  private HttpResponse<String> send(String verb, String path, String body, String identity)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cloud.address() + path))
            .method(verb, BodyPublishers.ofString(body));
    if (!identity.isEmpty()) {
      request.header("Authorization", "Bearer " + Access.token(identity));
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String path(String url) {
    return url.substring(url.indexOf("/upload"));
  }

  private static String message(HttpResponse<String> answer) {
    JsonObject error =
        JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("error");
    return error.get("message").getAsString();
  }
}
