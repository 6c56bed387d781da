package localcloud.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page's server sends, without a browser. */
class PageServerTest {
  private static final String GOOD = "{\"version\":\"1\",\"bootSeconds\":5}";

  @TempDir Path folder;
  private PageWorld page;

  @BeforeEach
  void start() throws Exception {
    page = new PageWorld(folder);
  }

  @AfterEach
  void stop() {
    page.close();
  }

  @Test
  void whoComesGetsAllAndThenOnlyWhatChanged() throws Exception {
    page.version("a", GOOD);
    page.version("b", GOOD);
    page.group("a", 2);
    try (Tab tab = new Tab(page.address())) {
      JsonObject all = tab.next("all").getAsJsonObject("set");
      assertThat(all.keySet()).filteredOn(key -> key.startsWith("instance/")).hasSize(2);
      JsonObject group = all.getAsJsonObject(key("group", PageWorld.GROUP));
      assertThat(group.get("healthy").getAsInt()).isEqualTo(2);
      assertThat(group.get("stable").getAsBoolean()).isTrue();

      page.roll("b", 1);

      JsonObject change = tab.next("change").getAsJsonObject("set");
      assertThat(change.keySet()).filteredOn(key -> key.startsWith("instance/")).hasSize(1);
      assertThat(change.keySet()).doesNotContain("version/a").contains("version/b");
      assertThat(
              change.getAsJsonObject(key("group", PageWorld.GROUP)).get("reached").getAsBoolean())
          .isFalse();
    }
  }

  @Test
  void anInstanceThatGoesKeepsItsVersionAndThenIsGone() throws Exception {
    page.version("a", GOOD);
    page.group("a", 1);
    try (Tab tab = new Tab(page.address())) {
      String instance =
          tab.next("all").getAsJsonObject("set").keySet().stream()
              .filter(key -> key.startsWith("instance/"))
              .findFirst()
              .orElseThrow();
      page.world.call(() -> page.world.groups().resize(PageWorld.ZONE, PageWorld.GROUP, 0));
      page.pass(1);

      JsonObject going = tab.next("change").getAsJsonObject("set").getAsJsonObject(instance);
      assertThat(going.get("phase").getAsString()).isEqualTo("deleting");
      assertThat(going.get("template").getAsString()).isEqualTo("a");

      page.pass(60);
      assertThat(tab.next("change").getAsJsonArray("gone").toString()).contains(instance);
    }
  }

  @Test
  void nothingIsLookedUpWhileNobodyWatchesAndWhoComesSeesThePresent() throws Exception {
    page.version("a", GOOD);
    page.group("a", 1);
    try (Tab first = new Tab(page.address())) {
      assertThat(first.next("all").getAsJsonObject("set").toString()).contains("\"size\":1");
    }
    await().until(() -> page.server.watchers() == 0);
    page.world.call(() -> page.world.groups().resize(PageWorld.ZONE, PageWorld.GROUP, 3));
    page.pass(60);

    try (Tab second = new Tab(page.address())) {
      assertThat(second.next("all").getAsJsonObject("set").toString()).contains("\"size\":3");
    }
  }

  @Test
  void aClosedTabLeavesNoThreadBehind() throws Exception {
    for (int i = 0; i < 12; i++) {
      try (Tab tab = new Tab(page.address())) {
        tab.next("all");
        assertThat(page.server.watchers()).isPositive();
      }
    }
    await().until(() -> page.server.watchers() == 0);
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("page")));
  }

  @Test
  void aRecordIsSentAsItIsAndWhatIsNoneIsCalledSo() throws Exception {
    page.record("a/b.tar.gz", "{\"stage\":\"rolling\"}");
    page.record("c", "not a record");
    try (Tab tab = new Tab(page.address())) {
      JsonObject all = tab.next("all").getAsJsonObject("set");
      assertThat(all.getAsJsonObject("deployments/a/b.tar.gz/1.json").get("stage").getAsString())
          .isEqualTo("rolling");
      assertThat(all.getAsJsonObject("deployments/c/1.json").get("unreadable").getAsBoolean())
          .isTrue();

      page.record("a/b.tar.gz", "{\"stage\":\"deployed\"}");
      assertThat(tab.next("change").getAsJsonObject("set").toString()).contains("deployed");
    }
  }

  @Test
  void theFunctionsLinesComeWithTheirDeploymentAndOthersDoNot() throws Exception {
    page.log.accept("SLF4J: no providers");
    page.log.accept("{\"message\":\"of nobody\"}");
    for (String malformed :
        List.of(
            "{\"message\":[1]}",
            "{\"message\":\"hal",
            "{}",
            "{\"message\":\"x\",\"logging.googleapis.com/operation\":\"d-1\"}")) {
      page.log.accept(malformed);
    }
    page.log.accept(
        "{\"severity\":\"INFO\",\"event\":\"image.created\",\"message\":\"line\\n\\u2028 two\","
            + "\"logging.googleapis.com/operation\":{\"id\":\"d-1\"}}");
    try (Tab tab = new Tab(page.address())) {
      JsonObject all = tab.next("all").getAsJsonObject("set");
      assertThat(all.keySet()).filteredOn(key -> key.startsWith("log/")).hasSize(1);
      JsonObject line = all.getAsJsonObject("log/0");
      assertThat(line.get("deployment").getAsString()).isEqualTo("d-1");
      assertThat(line.get("message").getAsString()).isEqualTo("line\n\u2028 two");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, 200, text/html",
    "/page.css, 200, text/css",
    "/main.js, 200, text/javascript",
    "/icon.svg, 200, image/svg+xml",
    "/../page/Board.class, 404, text/plain",
    "/Board.class, 404, text/plain"
  })
  void onlyThePagesOwnFilesAreServed(String path, int code, String type) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(type + "; charset=utf-8");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void anotherWebPageIsRefused() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(request("/events").uri()).build();
    HttpRequest foreign =
        HttpRequest.newBuilder(request, (name, value) -> true)
            .header("Origin", "https://evil.example")
            .build();

    assertThat(HttpClient.newHttpClient().send(foreign, BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aStrangersNameForThisMachineIsRefused() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: evil.example\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(answer.readLine()).startsWith("HTTP/1.1 421");
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient().send(request(path), BodyHandlers.ofString());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + page.server.port() + path))
        .build();
  }

  private static String key(String kind, String name) {
    return kind + "/projects/demo/zones/us-west1-a/instanceGroupManagers/" + name;
  }
}
