package localcloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no typed client sends: batches in gcloud's form, and broken ones. */
class ComputeRoutesTest {
  private static final String HOME = "/compute/v1/projects/demo/";
  @TempDir Path folder;
  private ComputeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new ComputeServer(folder, 1);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersABatchPartByPart() throws Exception {
    String body =
        part("id+1", HOME + "zones/us-west1-a")
            + part("id+2", "https://www.googleapis.com" + HOME + "global/images/none?alt=json")
            + part("id+3", HOME + "global/interconnects")
            + "--==x==--";
    HttpResponse<String> answer = batch("multipart/mixed; boundary=\"==x==\"", body);

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("multipart/mixed; boundary=");
    assertThat(answer.body())
        .containsSubsequence(
            "Content-ID: <response-id+1>",
            "HTTP/1.1 200 ",
            "\"us-west1-a\"",
            "Content-ID: <response-id+2>",
            "HTTP/1.1 404 ",
            "was not found",
            "Content-ID: <response-id+3>",
            "HTTP/1.1 501 ");
    assertThat(server.unknown().asked())
        .singleElement()
        .asString()
        .startsWith("GET " + HOME + "global/interconnects (");
  }

  @Test
  void refusesABatchThatIsNone() throws Exception {
    assertThat(batch("application/json", "{}").statusCode()).isEqualTo(400);
    assertThat(batch("multipart/mixed; boundary=x", "--x\n\nnonsense\n--x--").statusCode())
        .isEqualTo(400);
  }

  @Test
  void onlyTheFieldsThatAreAskedForAreAnswered() throws Exception {
    URI url = URI.create(server.url() + HOME + "zones?fields=items(name,status),nextPageToken");
    String list =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
            .body();
    JsonObject answer = JsonParser.parseString(list).getAsJsonObject();
    assertThat(answer.keySet()).containsExactly("items");
    assertThat(answer.getAsJsonArray("items").get(0).getAsJsonObject().keySet())
        .containsExactlyInAnyOrder("name", "status");
  }

  private HttpResponse<String> batch(String type, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/batch/compute/v1"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static String part(String id, String url) {
    return "--==x==\nContent-Type: application/http\nContent-ID: <"
        + id
        + ">\n\nGET "
        + url
        + " HTTP/1.1\nMIME-Version: 1.0\n\n\n";
  }
}
