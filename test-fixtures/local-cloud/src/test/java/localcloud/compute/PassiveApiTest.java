package localcloud.compute;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import localcloud.http.ComputeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Firewall rules and what stands around a load balancer, over HTTP. */
class PassiveApiTest {
  private static final String HOME = "/compute/v1/projects/demo/global/";

  private static final List<String> FRONT =
      List.of(
          "healthChecks {'name':'h','type':'HTTP','httpHealthCheck':{'port':80}}",
          "backendServices {'name':'b','protocol':'HTTP','healthChecks':['global/healthChecks/h']}",
          "urlMaps {'name':'m','defaultService':'global/backendServices/b'}",
          "sslCertificates {'name':'c','managed':{'domains':['www.example.com']}}",
          "targetHttpProxies {'name':'p','urlMap':'global/urlMaps/m'}",
          "targetHttpsProxies {'name':'s','urlMap':'global/urlMaps/m',"
              + "'sslCertificates':['global/sslCertificates/c']}",
          "addresses {'name':'a'}",
          "forwardingRules {'name':'f','target':'global/targetHttpProxies/p','portRange':'80',"
              + "'IPAddress':'global/addresses/a'}");

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir Path folder;
  private ComputeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new ComputeServer(folder, 1000);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The defaults are those of Google's reference of each resource. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "firewalls | {'name':'x','allowed':[{'IPProtocol':'tcp','ports':['80']}]}"
            + " | 'direction':'INGRESS' 'priority':1000 'disabled':false 'kind':'compute#firewall'",
        "addresses | {'name':'x','labels':{'team':'edge'}}"
            + " | 'addressType':'EXTERNAL' 'networkTier':'PREMIUM' 'status':'RESERVED'"
            + " 'address':'203.0.113. 'labelFingerprint': 'kind':'compute#address'",
        "sslCertificates | {'name':'x','managed':{'domains':['www.example.com']}}"
            + " | 'status':'PROVISIONING' 'type':'MANAGED' 'kind':'compute#sslCertificate'",
        "urlMaps | {'name':'x','defaultUrlRedirect':{'httpsRedirect':true}}"
            + " | 'fingerprint': 'httpsRedirect':true 'kind':'compute#urlMap'",
      })
  void aResourceIsMadeWithGooglesDefaultsListedAndDeleted(String kind, String body, String found)
      throws Exception {
    ok("POST", kind, body);

    JsonObject made = get(kind + "/x");
    assertThat(made.toString()).contains(found.replace('\'', '"').split(" "));
    assertThat(made.get("selfLink").getAsString()).endsWith(HOME + kind + "/x");
    assertThat(get(kind).getAsJsonArray("items")).containsExactly(made);
    assertThat(get(kind + "?filter=name%3Dy").has("items")).isFalse();
    assertThat(refused("POST", kind, body)).startsWith("409 ").contains("already exists");

    ok("DELETE", kind + "/x", "");
    assertThat(get(kind).has("items")).isFalse();
    assertThat(refused("GET", kind + "/x", "")).startsWith("404 ").contains("was not found");
    assertThat(refused("DELETE", kind + "/x", "")).startsWith("404 ");
  }

  @Test
  void aReferenceIsGivenBackAsAFullLink() throws Exception {
    makeFront();

    assertThat(text("urlMaps/m", "defaultService")).endsWith(HOME + "backendServices/b");
    assertThat(text("targetHttpProxies/p", "urlMap")).endsWith(HOME + "urlMaps/m");
    assertThat(get("targetHttpsProxies/s").get("sslCertificates").toString())
        .contains(HOME + "sslCertificates/c");
    JsonObject rule = get("forwardingRules/f");
    assertThat(rule.get("target").getAsString()).endsWith(HOME + "targetHttpProxies/p");
    assertThat(rule.get("portRange").getAsString()).isEqualTo("80-80");
    assertThat(rule.get("IPAddress")).isEqualTo(get("addresses/a").get("address"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "urlMaps | {'name':'x','defaultService':'global/backendServices/none'}",
        "targetHttpProxies | {'name':'x','urlMap':'global/urlMaps/none'}",
        "targetHttpsProxies | {'name':'x','sslCertificates':['global/sslCertificates/none']}",
        "forwardingRules | {'name':'x','target':'global/targetHttpProxies/none'}",
        "forwardingRules | {'name':'x','IPAddress':'global/addresses/none'}",
      })
  void whatIsReferredToMustBeThere(String kind, String body) throws Exception {
    assertThat(refused("POST", kind, body)).matches("40[04] .*/none.*");
    assertThat(get(kind).has("items")).isFalse();
  }

  /** From the front to the back each can go once the one before it is gone. */
  @Test
  void whatIsReferredToCannotBeDeleted() throws Exception {
    makeFront();
    for (String one :
        List.of(
            "addresses/a",
            "targetHttpProxies/p",
            "sslCertificates/c",
            "urlMaps/m",
            "backendServices/b")) {
      assertThat(refused("DELETE", one, ""))
          .as(one)
          .startsWith("400 ")
          .contains(one, "is already being used by");
    }
    for (String one :
        List.of(
            "forwardingRules/f",
            "addresses/a",
            "targetHttpsProxies/s",
            "targetHttpProxies/p",
            "sslCertificates/c",
            "urlMaps/m",
            "backendServices/b")) {
      ok("DELETE", one, "");
    }
  }

  @Test
  void aPatchMergesAndAnUpdateReplaces() throws Exception {
    ok("POST", "firewalls", "{'name':'x','description':'d','targetTags':['a']}");

    ok("PATCH", "firewalls/x", "{'priority':7}");
    assertThat(get("firewalls/x").toString())
        .contains("\"priority\":7", "\"description\":\"d\"", "[\"a\"]");

    ok("PUT", "firewalls/x", "{'name':'x','priority':8}");
    assertThat(get("firewalls/x").toString())
        .contains("\"priority\":8", "\"direction\":\"INGRESS\"")
        .doesNotContain("description", "targetTags");
  }

  @Test
  void aNameIsCheckedAndStays() throws Exception {
    assertThat(refused("POST", "firewalls", "{'name':'X'}")).startsWith("400 ").contains("name");
    ok("POST", "firewalls", "{'name':'x'}");
    assertThat(refused("PATCH", "firewalls/x", "{'name':'y'}"))
        .startsWith("400 ")
        .contains("The name cannot be changed.");
  }

  @Test
  void whatWasReadBeforeAnotherChangeIsStale() throws Exception {
    makeFront();
    String first = text("urlMaps/m", "fingerprint");
    ok("PATCH", "urlMaps/m", "{'fingerprint':'" + first + "','description':'one'}");
    assertThat(refused("PATCH", "urlMaps/m", "{'fingerprint':'" + first + "','description':'2'}"))
        .startsWith("412 ")
        .contains("does not match current");

    String labels = text("addresses/a", "labelFingerprint");
    String body = "{'labelFingerprint':'" + labels + "','labels':{'team':'edge'}}";
    ok("POST", "addresses/a/setLabels", body);
    assertThat(get("addresses/a").get("labels").toString()).isEqualTo("{\"team\":\"edge\"}");
    assertThat(refused("POST", "addresses/a/setLabels", body)).startsWith("412 ");
  }

  @Test
  void eachPartThatHasAMethodOfItsOwnCanBeSet() throws Exception {
    makeFront();
    ok("POST", "urlMaps", "{'name':'other','defaultService':'global/backendServices/b'}");
    ok("POST", "sslCertificates", "{'name':'other','managed':{'domains':['example.com']}}");

    post("targetHttpProxies/p/setUrlMap", "{'urlMap':'global/urlMaps/other'}");
    post("targetHttpsProxies/s/setUrlMap", "{'urlMap':'global/urlMaps/other'}");
    post(
        "targetHttpsProxies/s/setSslCertificates",
        "{'sslCertificates':['global/sslCertificates/other'],'serverTlsPolicy':null}");
    post("forwardingRules/f/setTarget", "{'target':'global/targetHttpsProxies/s'}");

    assertThat(text("targetHttpProxies/p", "urlMap")).endsWith("urlMaps/other");
    assertThat(text("targetHttpsProxies/s", "urlMap")).endsWith("urlMaps/other");
    assertThat(get("targetHttpsProxies/s").getAsJsonArray("sslCertificates")).hasSize(1);
    assertThat(text("forwardingRules/f", "target")).endsWith("targetHttpsProxies/s");
    ok("DELETE", "urlMaps/m", "");
    ok("DELETE", "sslCertificates/c", "");
  }

  @Test
  void anotherMethodIsNotThereAndIsReported() throws Exception {
    makeFront();
    assertThat(refused("POST", "urlMaps/m/invalidateCache", "{'path':'/*'}")).startsWith("501 ");
    assertThat(server.unknown().asked()).hasSize(1);
  }

  private void makeFront() throws Exception {
    for (String one : FRONT) {
      String[] parts = one.split(" ", 2);
      ok("POST", parts[0], parts[1]);
    }
  }

  /** One of the methods whose path is longer in links than in the API: /targetHttpProxies. */
  private void post(String path, String body) throws Exception {
    String shorter = path.contains("setUrlMap") || path.contains("setSsl") ? "../" : "";
    ok("POST", shorter + path, body);
  }

  private String text(String path, String field) throws Exception {
    return get(path).get(field).getAsString();
  }

  private JsonObject get(String path) throws Exception {
    HttpResponse<String> answer = call("GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /** Changes something, and returns when the operation is done. */
  private void ok(String verb, String path, String body) throws Exception {
    HttpResponse<String> answer = call(verb, path, body);
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    JsonElement name = JsonParser.parseString(answer.body()).getAsJsonObject().get("name");
    HttpResponse<String> done = call("POST", "operations/" + name.getAsString() + "/wait", "");
    assertThat(done.body()).contains("\"DONE\"").doesNotContain("\"error\"");
  }

  /** The status and the body of an answer that is not 200. */
  private String refused(String verb, String path, String body) throws Exception {
    HttpResponse<String> answer = call(verb, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isNotEqualTo(200);
    return answer.statusCode() + " " + answer.body().replaceAll("\\s+", " ");
  }

  private HttpResponse<String> call(String verb, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + HOME + path).normalize())
            .method(verb, BodyPublishers.ofString(body.replace('\'', '"')))
            .header("Content-Type", "application/json")
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
