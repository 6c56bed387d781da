package slipway.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateCloneTest {
  private static final String IMAGE =
      "https://www.googleapis.com/compute/v1/projects/demo/global/images/new";

  @Test
  void stripsWhatComputeWritesAndKeepsAllElse() {
    JsonObject source =
        json(
            """
            {"kind": "compute#instanceTemplate", "id": "1", "name": "old", "selfLink": "s",
             "creationTimestamp": "t", "description": "ours", "sourceInstance": "i",
             "properties": {
               "machineType": "e2-micro", "fieldOfTomorrow": {"deep": [1, {"kind": "kept"}]},
               "labels": {"team": "web"},
               "metadata": {"kind": "k", "fingerprint": "f", "items": [{"key": "a", "value": "b"}]},
               "tags": {"fingerprint": "f", "items": ["http"]},
               "networkInterfaces": [{"kind": "k", "name": "nic0", "fingerprint": "f",
                 "network": "n", "accessConfigs": [{"kind": "k", "name": "external-nat"}]}],
               "disks": [
                 {"kind": "k", "index": 0, "boot": true, "autoDelete": true, "licenses": ["l"],
                  "guestOsFeatures": [{"type": "GVNIC"}], "architecture": "ARM64",
                  "initializeParams": {"sourceImage": "old", "diskType": "pd-standard"}},
                 {"kind": "k", "index": 1, "boot": false, "deviceName": "data",
                  "guestOsFeatures": [{"type": "GVNIC"}]}]}}
            """);

    assertThat(TemplateClone.of(source, "new", IMAGE, Map.of("slipway-target", "site")))
        .contains(
            json(
                """
                {"name": "new", "description": "ours",
                 "properties": {
                   "machineType": "e2-micro", "fieldOfTomorrow": {"deep": [1, {"kind": "kept"}]},
                   "labels": {"team": "web", "slipway-target": "site"},
                   "metadata": {"items": [{"key": "a", "value": "b"}]},
                   "tags": {"items": ["http"]},
                   "networkInterfaces": [{"network": "n",
                     "accessConfigs": [{"name": "external-nat"}]}],
                   "disks": [
                     {"boot": true, "autoDelete": true,
                      "initializeParams": {"sourceImage": "IMAGE", "diskType": "pd-standard"}},
                     {"boot": false, "deviceName": "data",
                      "guestOsFeatures": [{"type": "GVNIC"}]}]}}
                """
                    .replace("IMAGE", IMAGE)));
  }

  @Test
  void replacesASnapshotAsTheBootDisksSource() {
    JsonObject source =
        json(
            """
            {"properties": {"disks": [{"boot": true, "source": "d",
              "initializeParams": {"sourceSnapshot": "s", "diskSizeGb": "20"}}]}}
            """);

    assertThat(TemplateClone.of(source, "new", IMAGE, Map.of()).flatMap(TemplateClone::bootImage))
        .contains(IMAGE);
    assertThat(TemplateClone.of(source, "new", IMAGE, Map.of()).orElseThrow().toString())
        .doesNotContain("sourceSnapshot")
        .doesNotContain("\"source\"")
        .contains("diskSizeGb");
  }

  @Test
  void leavesTheSourceAsItWas() {
    String text = "{\"name\": \"old\", \"properties\": {\"disks\": [{\"boot\": true}]}}";
    JsonObject source = json(text);

    TemplateClone.of(source, "new", IMAGE, Map.of("a", "b"));

    assertThat(source).isEqualTo(json(text));
  }

  @Test
  void isNoneWithoutABootDisk() {
    assertThat(TemplateClone.of(json("{\"properties\": {}}"), "new", IMAGE, Map.of())).isEmpty();
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
