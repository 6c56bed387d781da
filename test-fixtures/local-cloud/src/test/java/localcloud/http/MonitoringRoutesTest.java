package localcloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import localcloud.access.Access;
import localcloud.clock.ManualClock;
import localcloud.faults.Faults;
import localcloud.http.ApiServer.Ports;
import localcloud.monitoring.Latencies;
import localcloud.monitoring.Metrics.Minute;
import localcloud.monitoring.Monitoring;
import localcloud.monitoring.MonitoringApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cloud Monitoring over HTTP, whole and struck. */
class MonitoringRoutesTest {
  private static final String ALERTS = "/v3/projects/demo/alerts";

  private final Faults faults = new Faults("demo");
  private final UnknownRoutes unknown = new UnknownRoutes();
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    Monitoring monitoring =
        new Monitoring("demo", clock, at -> new Minute(0, 0, new Latencies()), Map.of());
    StatusRoutes routes =
        new StatusRoutes(
            new MonitoringApi(monitoring)::answer,
            unknown,
            Access.ownerOnly(),
            new Interference(faults, clock));
    String process = System.getProperty("surefire.forkNumber", "1");
    Certificate certificate = Certificate.in(Path.of("target", "test-tls-" + process));
    server = ApiServer.start(new Ports(0, 0), certificate, Map.of("/v3", routes), unknown);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anErrorHasThisApisEnvelope() throws Exception {
    strike("'method':'monitoring.projects.alerts.list','nth':1,'do':'answer','status':503");
    requireError(get(ALERTS, ""), 503, "UNAVAILABLE", "The service is currently unavailable.");
    assertThat(get(ALERTS, "").body()).isEqualTo("{}");

    strike(
        "'resource':'projects/demo/alerts','do':'refuse','status':400,'reason':'r','message':'m'");
    requireError(get(ALERTS, ""), 400, "INVALID_ARGUMENT", "m");
    faults.clear();
    requireError(get(ALERTS, "Bearer nobody"), 401, "UNAUTHENTICATED", "Invalid Credentials");
    assertThat(unknown.asked()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNoted() throws Exception {
    HttpResponse<String> answer = get("/v3/projects/demo/groups", "");

    requireError(
        answer, 501, "UNIMPLEMENTED", "The local cloud does not have /v3/projects/demo/groups");
    assertThat(unknown.asked()).hasSize(1);
  }

  @Test
  void fieldsSelectWhatIsAnswered() throws Exception {
    assertThat(get(ALERTS + "?fields=alerts", "").body()).isEqualToIgnoringWhitespace("{}");
  }

  private static void requireError(
      HttpResponse<String> answer, int code, String status, String message) {
    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(JsonParser.parseString(answer.body()))
        .isEqualTo(
            JsonParser.parseString(
                "{\"error\": {\"code\": "
                    + code
                    + ", \"message\": \""
                    + message
                    + "\", \"status\": \""
                    + status
                    + "\"}}"));
  }

  private void strike(String rule) throws Exception {
    faults.replace(("{'rules':[{'on':'call'," + rule + "}]}").replace('\'', '"'));
  }

  private HttpResponse<String> get(String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + server.ports().http() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
