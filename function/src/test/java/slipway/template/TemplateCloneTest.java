package slipway.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateCloneTest {
  private static final String IMAGE =
      "https://www.googleapis.com/compute/v1/projects/demo/global/images/new";
  private static final TemplateClone.BootImage LISTING_BOTH =
      new TemplateClone.BootImage(IMAGE, List.of("GVNIC", "UEFI_COMPATIBLE"), "X86_64");
  private static final TemplateClone.BootImage LISTING_NOTHING =
      new TemplateClone.BootImage(IMAGE, List.of(), null);

  /** Where the boot disk, or the whole, was made from before. */
  private static final String NAMES_ANOTHER_IMAGE =
      "\\.sourceInstance(Params\\..*)?|\\.properties\\.disks\\[0]\\.(source|initializeParams\\."
          + "(sourceSnapshot|source(Image|Snapshot)EncryptionKey\\..*))";

  /** What people lost, or would. */
  private static final String[] NEEDED = {
    ".properties.disks[].guestOsFeatures[].type",
    ".properties.networkInterfaces[].nicType",
    ".properties.shieldedInstanceConfig.enableSecureBoot",
    ".properties.disks[].interface",
    ".properties.guestAccelerators[].acceleratorCount",
    ".properties.scheduling.provisioningModel",
    ".properties.reservationAffinity.values[]",
    ".properties.resourceManagerTags.key",
    ".properties.advancedMachineFeatures.threadsPerCore"
  };

  @Test
  void keepsAllButBootImageLabelsAndName() {
    JsonObject source =
        json(
            """
            {"kind": "compute#instanceTemplate", "id": "1", "name": "old", "selfLink": "s",
             "creationTimestamp": "t", "description": "ours", "sourceInstance": "i",
             "properties": {
               "machineType": "c3-standard-4", "fieldOfTomorrow": {"deep": [1, {"kind": "kept"}]},
               "labels": {"team": "web"}, "minCpuPlatform": "AUTOMATIC",
               "metadata": {"kind": "k", "fingerprint": "f", "items": [{"key": "a", "value": "b"}]},
               "tags": {"fingerprint": "f", "items": ["http"]},
               "shieldedInstanceConfig": {"enableSecureBoot": true, "enableVtpm": true},
               "confidentialInstanceConfig": {"confidentialInstanceType": "TDX"},
               "advancedMachineFeatures": {"threadsPerCore": 1, "turboMode": "ALL_CORE_MAX"},
               "reservationAffinity": {"consumeReservationType": "SPECIFIC_RESERVATION",
                 "key": "compute.googleapis.com/reservation-name", "values": ["r"]},
               "resourceManagerTags": {"tagKeys/1": "tagValues/2"},
               "scheduling": {"provisioningModel": "SPOT", "instanceTerminationAction": "STOP"},
               "guestAccelerators": [{"acceleratorType": "nvidia-l4", "acceleratorCount": 1}],
               "networkInterfaces": [{"kind": "k", "name": "nic0", "fingerprint": "f",
                 "nicType": "GVNIC", "network": "n",
                 "accessConfigs": [{"kind": "k", "name": "external-nat"}]}],
               "disks": [
                 {"kind": "k", "index": 0, "boot": true, "autoDelete": true, "licenses": ["l"],
                  "guestOsFeatures": [{"type": "GVNIC"}, {"type": "UEFI_COMPATIBLE"}],
                  "architecture": "X86_64",
                  "initializeParams": {"sourceImage": "old", "diskType": "pd-standard",
                    "architecture": "X86_64"}},
                 {"kind": "k", "index": 1, "boot": false, "deviceName": "data",
                  "guestOsFeatures": [{"type": "GVNIC"}]},
                 {"kind": "k", "index": 2, "type": "SCRATCH", "interface": "NVME",
                  "initializeParams": {"diskType": "local-ssd"}}]}}
            """);

    assertThat(TemplateClone.of(source, "new", LISTING_BOTH, Map.of("slipway-target", "site")))
        .contains(
            json(
                """
                {"name": "new", "description": "ours",
                 "properties": {
                   "machineType": "c3-standard-4",
                   "fieldOfTomorrow": {"deep": [1, {"kind": "kept"}]},
                   "labels": {"team": "web", "slipway-target": "site"},
                   "minCpuPlatform": "AUTOMATIC",
                   "metadata": {"fingerprint": "f", "items": [{"key": "a", "value": "b"}]},
                   "tags": {"fingerprint": "f", "items": ["http"]},
                   "shieldedInstanceConfig": {"enableSecureBoot": true, "enableVtpm": true},
                   "confidentialInstanceConfig": {"confidentialInstanceType": "TDX"},
                   "advancedMachineFeatures": {"threadsPerCore": 1, "turboMode": "ALL_CORE_MAX"},
                   "reservationAffinity": {"consumeReservationType": "SPECIFIC_RESERVATION",
                     "key": "compute.googleapis.com/reservation-name", "values": ["r"]},
                   "resourceManagerTags": {"tagKeys/1": "tagValues/2"},
                   "scheduling": {"provisioningModel": "SPOT", "instanceTerminationAction": "STOP"},
                   "guestAccelerators": [{"acceleratorType": "nvidia-l4", "acceleratorCount": 1}],
                   "networkInterfaces": [{"fingerprint": "f", "nicType": "GVNIC", "network": "n",
                     "accessConfigs": [{"name": "external-nat"}]}],
                   "disks": [
                     {"boot": true, "autoDelete": true,
                      "guestOsFeatures": [{"type": "GVNIC"}, {"type": "UEFI_COMPATIBLE"}],
                      "initializeParams": {"sourceImage": "IMAGE", "diskType": "pd-standard",
                        "architecture": "X86_64"}},
                     {"boot": false, "deviceName": "data",
                      "guestOsFeatures": [{"type": "GVNIC"}]},
                     {"type": "SCRATCH", "interface": "NVME",
                      "initializeParams": {"diskType": "local-ssd"}}]}}
                """
                    .replace("IMAGE", IMAGE)));
  }

  @Test
  void everyFieldOfGooglesDocumentComesOutAsItWentIn() {
    JsonObject source = GeneratedTemplate.ofEveryField();
    List<String> fields = GeneratedTemplate.paths(source);

    JsonObject clone =
        TemplateClone.of(source, "new", LISTING_BOTH, Map.of("slipway-target", "site"))
            .orElseThrow();

    assertThat(fields).as("in the source").hasSizeGreaterThan(160).contains(NEEDED);
    Map<String, String> before = GeneratedTemplate.leaves(source);
    Map<String, String> after = GeneratedTemplate.leaves(clone);
    assertThat(after.keySet())
        .as("added")
        .filteredOn(path -> !before.containsKey(path))
        .containsExactlyInAnyOrder(
            ".properties.labels.slipway-target", ".properties.disks[0].guestOsFeatures[1].type");
    assertThat(before.keySet())
        .as("changed")
        .filteredOn(after::containsKey)
        .filteredOn(path -> !after.getOrDefault(path, "").equals(before.get(path)))
        .containsExactlyInAnyOrder(
            ".name",
            ".properties.disks[0].guestOsFeatures[0].type",
            ".properties.disks[0].initializeParams.architecture",
            ".properties.disks[0].initializeParams.sourceImage");
    assertThat(before.keySet())
        .as("left out, and no output")
        .filteredOn(path -> !after.containsKey(path) && !GeneratedTemplate.isOutput(path))
        .allMatch(path -> path.matches(NAMES_ANOTHER_IMAGE));
    assertThat(after.keySet()).as("outputs").noneMatch(GeneratedTemplate::isOutput);
  }

  @Test
  void replacesASnapshotAsTheBootDisksSource() {
    JsonObject source =
        json(
            """
            {"properties": {"disks": [{"boot": true, "source": "d",
              "initializeParams": {"sourceSnapshot": "s", "diskSizeGb": "20"}}]}}
            """);

    assertThat(
            TemplateClone.of(source, "new", LISTING_NOTHING, Map.of())
                .flatMap(TemplateClone::bootImage))
        .contains(IMAGE);
    assertThat(TemplateClone.of(source, "new", LISTING_NOTHING, Map.of()).orElseThrow().toString())
        .doesNotContain("sourceSnapshot")
        .doesNotContain("\"source\"")
        .contains("diskSizeGb");
  }

  @Test
  void leavesTheSourceAsItWas() {
    String text = "{\"name\": \"old\", \"properties\": {\"disks\": [{\"boot\": true}]}}";
    JsonObject source = json(text);

    TemplateClone.of(source, "new", LISTING_NOTHING, Map.of("a", "b"));

    assertThat(source).isEqualTo(json(text));
  }

  @Test
  void listsWhatTheImageListsAndNothingElse() {
    JsonObject source =
        json(
            """
            {"properties": {"disks": [{"boot": true, "guestOsFeatures": [{"type": "WINDOWS"}],
              "initializeParams": {"architecture": "X86_64"}}]}}
            """);
    TemplateClone.BootImage arm = new TemplateClone.BootImage(IMAGE, List.of("GVNIC"), "ARM64");

    assertThat(TemplateClone.of(source, "new", LISTING_NOTHING, Map.of()).orElseThrow().toString())
        .doesNotContain("guestOsFeatures")
        .contains("\"architecture\":\"X86_64\"");
    assertThat(TemplateClone.of(source, "new", arm, Map.of()).orElseThrow().toString())
        .contains("\"guestOsFeatures\":[{\"type\":\"GVNIC\"}]", "\"architecture\":\"ARM64\"");
  }

  @Test
  void isNoneWithoutABootDisk() {
    assertThat(TemplateClone.of(json("{\"properties\": {}}"), "new", LISTING_NOTHING, Map.of()))
        .isEmpty();
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
