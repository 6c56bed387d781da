package slipway.template;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import slipway.fault.OperationFailed;
import slipway.time.CallOver;

/** Instance templates as raw JSON: typed clients would drop what they do not know. */
public interface Templates {
  /**
   * Reads a template.
   *
   * @param path {@code projects/P/.../instanceTemplates/T}
   */
  Optional<Source> find(String path);

  /**
   * Makes the template and returns when it is made; one of that name that is already there is left
   * as it is, so look at it afterwards.
   *
   * @param path where: global or in a region, under the template's own name
   * @throws OperationFailed if Compute refuses it
   * @throws CallOver if the call's time ends first
   */
  void insert(String path, JsonObject template)
      throws OperationFailed, CallOver, InterruptedException;

  /**
   * A template as Compute gives it.
   *
   * @param json all of it
   * @param unknownFields paths of fields that Google's client library of this build does not know
   */
  record Source(JsonObject json, List<String> unknownFields) {}
}
