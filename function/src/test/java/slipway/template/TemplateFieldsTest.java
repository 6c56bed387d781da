package slipway.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class TemplateFieldsTest {
  @Test
  void namesThePathsThatGooglesDocumentDoesNotHave() {
    String template =
        """
        {"name": "t", "fieldOfTomorrow": 1,
         "properties": {"labels": {"any": "key"}, "disks": [{"boot": true, "newKind": {}}],
           "scheduling": {"automaticRestart": true, "whim": "x"}}}
        """;

    assertThat(TemplateFields.KNOWN.unknownIn(JsonParser.parseString(template).getAsJsonObject()))
        .containsExactlyInAnyOrder(
            "fieldOfTomorrow", "properties.disks[].newKind", "properties.scheduling.whim");
  }
}
