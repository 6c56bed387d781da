package localcloud.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;
import localcloud.assembly.ComputeClient;

/** What a deployment's record says, read as any uploader would. */
record DeploymentView(JsonObject record) {
  private static final Set<String> TERMINAL =
      Set.of(
          "deployed",
          "rejected",
          "rolled-back",
          "rollback-failed",
          "superseded",
          "misconfigured",
          "planned");

  String stage() {
    return text("stage");
  }

  boolean isOver() {
    return TERMINAL.contains(stage());
  }

  String image() {
    return text("image", "name");
  }

  String sha256() {
    return text("artifact", "sha256");
  }

  String diskGib() {
    return text("artifact", "diskGib");
  }

  String code() {
    return text("verdict", "code");
  }

  String message() {
    return text("verdict", "message");
  }

  String nextStep() {
    return text("verdict", "nextStep");
  }

  /** The name of the first group's new template; empty until it is told. */
  String newTemplate() {
    JsonElement groups = record.get("groups");
    if (groups == null || !groups.isJsonArray() || groups.getAsJsonArray().isEmpty()) {
      return "";
    }
    JsonElement link = groups.getAsJsonArray().get(0).getAsJsonObject().get("newTemplate");
    return link == null || link.isJsonNull() ? "" : ComputeClient.lastSegment(link.getAsString());
  }

  private String text(String... path) {
    JsonElement value = record;
    for (String key : path) {
      value = value.isJsonObject() ? value.getAsJsonObject().get(key) : null;
      if (value == null || value.isJsonNull()) {
        return "";
      }
    }
    return value.getAsString();
  }
}
