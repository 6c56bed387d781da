package localcloud.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.StorageObject;
import com.google.events.cloud.storage.v1.StorageObjectData;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * "An object was written", as a CloudEvent in HTTP's binary mode: attributes in {@code ce-}
 * headers, the object in the body. The form is that of the googleapis/google-cloudevents examples
 * for {@code google.cloud.storage.object.v1.finalized}.
 *
 * @param id the same in every delivery of the same generation of the same object
 * @param headers the attributes and the content type
 * @param body StorageObjectData as JSON, 64-bit numbers as strings
 */
public record FinalizeEvent(String id, Map<String, String> headers, String body) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String TYPE = "google.cloud.storage.object.v1.finalized";

  /** Takes a copy of the headers. */
  public FinalizeEvent {
    headers = Map.copyOf(headers);
  }

  /**
   * Tells of this object, which has a bucket, a name, a generation and its {@code timeCreated}.
   *
   * @throws IOException if the object holds what StorageObjectData cannot
   */
  public static FinalizeEvent of(StorageObject object) throws IOException {
    StorageObjectData.Builder data = StorageObjectData.newBuilder();
    // The event carries fewer fields than the API's resource: no acl, no retention.
    JsonFormat.parser()
        .ignoringUnknownFields()
        .merge(GsonFactory.getDefaultInstance().toString(object), data);
    String id = id(object);
    return new FinalizeEvent(id, headers(object, id), json(data));
  }

  private static String json(StorageObjectData.Builder data) throws InvalidProtocolBufferException {
    // Protobuf leaves a zero out; the service's events are the API's resource, which has it.
    return JsonFormat.printer()
        .includingDefaultValueFields(
            Set.of(StorageObjectData.getDescriptor().findFieldByName("size")))
        .omittingInsignificantWhitespace()
        .print(data);
  }

  private static String id(StorageObject object) {
    String identity = object.getBucket() + "/" + object.getName() + "#" + object.getGeneration();
    return UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString();
  }

  private static Map<String, String> headers(StorageObject object, String id) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("ce-id", id);
    headers.put("ce-specversion", "1.0");
    headers.put("ce-type", TYPE);
    headers.put("ce-source", "//storage.googleapis.com/projects/_/buckets/" + object.getBucket());
    headers.put("ce-subject", headerValue("objects/" + object.getName()));
    headers.put("ce-time", requireNonNull(object.getTimeCreated()).toStringRfc3339());
    headers.put("ce-bucket", object.getBucket());
    headers.put("content-type", "application/json");
    return headers;
  }

  /**
   * A header holds printable ASCII only: the rest, space, double quote and percent go as
   * percent-encoded UTF-8 (CloudEvents 1.0, HTTP protocol binding, 3.1.3.2).
   */
  private static String headerValue(String text) {
    StringBuilder value = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
        value.append((char) b);
      } else {
        value.append('%').append(HEX.toHexDigits(b));
      }
    }
    return value.toString();
  }
}
