package slipway.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class UnknownFieldsTest {
  @Test
  void namesThePathsThatGooglesLibraryDoesNotKnow() {
    String template =
        """
        {"name": "t", "fieldOfTomorrow": 1,
         "properties": {"labels": {"any": "key"}, "disks": [{"boot": true, "newKind": {}}],
           "scheduling": {"automaticRestart": true, "whim": "x"}}}
        """;

    assertThat(
            UnknownFields.of(
                JsonParser.parseString(template).getAsJsonObject(),
                InstanceTemplate.getDescriptor()))
        .containsExactlyInAnyOrder(
            "fieldOfTomorrow", "properties.disks[].newKind", "properties.scheduling.whim");
  }
}
