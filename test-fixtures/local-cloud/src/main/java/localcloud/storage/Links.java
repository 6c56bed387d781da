package localcloud.storage;

import com.google.api.services.storage.model.StorageObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the links of an object's resource; clients download from {@code mediaLink} as it stands.
 */
public final class Links {
  private Links() {}

  /** Google's own hosts, as they stand in an event. */
  static StorageObject google(StorageObject object) {
    return set(object, "https://www.googleapis.com", "https://storage.googleapis.com");
  }

  /** The address under which a client has asked, such as {@code http://localhost:8085}. */
  public static StorageObject at(String address, StorageObject object) {
    return set(object, address, address);
  }

  private static StorageObject set(StorageObject object, String api, String media) {
    String name = URLEncoder.encode(object.getName(), StandardCharsets.UTF_8).replace("+", "%20");
    String path = "/storage/v1/b/" + object.getBucket() + "/o/" + name;
    String generation = "?generation=" + object.getGeneration();
    return object
        .setSelfLink(api + path)
        .setMediaLink(media + "/download" + path + generation + "&alt=media");
  }
}
