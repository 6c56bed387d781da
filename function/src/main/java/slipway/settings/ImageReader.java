package slipway.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a target's {@code image}; what is faulty is noted. */
final class ImageReader {
  private static final String LICENSE =
      "(https://(www|compute)\\.googleapis\\.com/compute/v1/)?projects/[a-z0-9.:-]+/global/licenses/"
          + "[a-z][a-z0-9-]*";
  private static final String LOCATION = "us|eu|asia|[a-z]+-[a-z]+[0-9]+";
  private static final String KEY =
      "projects/[^/]+/locations/([a-z0-9-]+)/keyRings/[^/]+/cryptoKeys/[^/]+";
  private static final String LABEL_KEY = "[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}";
  private static final String LABEL_VALUE = "[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}";

  /** Compute allows 64 labels, and three are Slipway's. */
  private static final int MOST_LABELS = 61;

  private static final Set<String> KEYS =
      Set.of(
          "guestOsFeatures",
          "architecture",
          "licenses",
          "storageLocations",
          "kmsKeyName",
          "labels");

  private final JsonObject json;
  private final String label;
  private final FaultyKeys faulty;

  private ImageReader(JsonObject json, String label, FaultyKeys faulty) {
    this.json = json;
    this.label = label;
    this.faulty = faulty;
  }

  /** What is said of images; nothing if the setting is left out. */
  static ImageSettings read(@Nullable JsonElement image, String label, FaultyKeys faulty) {
    if (image instanceof JsonObject json) {
      return new ImageReader(json, label, faulty).read();
    }
    if (image != null && !image.isJsonNull()) {
      faulty.add(label, "an object with some of " + names(), image.toString());
    }
    return ImageSettings.NONE;
  }

  private static String names() {
    return String.join(", ", new TreeSet<>(KEYS));
  }

  private ImageSettings read() {
    for (String key : json.keySet()) {
      if (!KEYS.contains(key)) {
        faulty.add(label + "." + key, "one of " + names(), key);
      }
    }
    List<String> locations =
        texts(
            "storageLocations",
            one -> one.matches(LOCATION),
            "at most one region, such as us-west1, or us, eu, asia");
    String key =
        text(
            "kmsKeyName",
            one -> one.matches(KEY),
            "projects/P/locations/L/keyRings/R/cryptoKeys/K");
    checkLocations(locations, key);
    return new ImageSettings(
        isSet("guestOsFeatures")
            ? texts("guestOsFeatures", ImageSettings::isFeature, ImageSettings.FEATURES_FORM)
            : null,
        text("architecture", ImageSettings.ARCHITECTURES::contains, "ARM64 or X86_64"),
        texts("licenses", one -> one.matches(LICENSE), "projects/P/global/licenses/L, each"),
        locations,
        key,
        labels());
  }

  private void checkLocations(List<String> locations, @Nullable String key) {
    if (locations.size() > 1) {
      faulty.add(label + ".storageLocations", "at most one", locations.toString());
    } else if (key != null && !locations.isEmpty()) {
      String place = key.replaceFirst(KEY, "$1");
      if (!fits(place, locations.get(0))) {
        faulty.add(
            label + ".kmsKeyName",
            "a key that " + locations.get(0) + ", the storageLocations, can use",
            "one of " + place + ": " + key);
      }
    }
  }

  /** A key's multi-region serves its regions; Cloud KMS says europe where storage says eu. */
  private static boolean fits(String key, String location) {
    String multi = location.equals("eu") ? "europe" : location;
    return key.equals(multi) || key.equals("global") || location.startsWith(key + "-");
  }

  private boolean isSet(String key) {
    return json.has(key) && !json.get(key).isJsonNull();
  }

  private List<String> texts(String key, Predicate<String> form, String expected) {
    List<String> all = new ArrayList<>();
    if (!isSet(key)) {
      return all;
    }
    if (!(json.get(key) instanceof JsonArray array)) {
      faulty.add(label + "." + key, "a list: " + expected, json.get(key).toString());
      return all;
    }
    for (JsonElement one : array) {
      if (one instanceof JsonPrimitive text && form.test(text.getAsString())) {
        all.add(text.getAsString());
      } else {
        faulty.add(label + "." + key, expected, one.toString());
      }
    }
    return all;
  }

  private @Nullable String text(String key, Predicate<String> form, String expected) {
    if (!isSet(key)) {
      return null;
    }
    if (json.get(key) instanceof JsonPrimitive text && form.test(text.getAsString())) {
      return text.getAsString();
    }
    faulty.add(label + "." + key, expected, json.get(key).toString());
    return null;
  }

  private Map<String, String> labels() {
    Map<String, String> all = new TreeMap<>();
    if (!isSet("labels")) {
      return all;
    }
    if (json.get("labels") instanceof JsonObject labels && labels.size() <= MOST_LABELS) {
      labels.asMap().forEach((key, value) -> label(key, value, all));
    } else {
      faulty.add(
          label + ".labels",
          "an object of at most " + MOST_LABELS + " texts",
          json.get("labels").toString());
    }
    return all;
  }

  private void label(String key, JsonElement value, Map<String, String> all) {
    if (!key.matches(LABEL_KEY) || key.startsWith("slipway-")) {
      faulty.add(
          label + ".labels",
          "keys of at most 63 lower-case letters, digits, - and _, a letter first, and not slipway-",
          key);
    } else if (value instanceof JsonPrimitive text && text.getAsString().matches(LABEL_VALUE)) {
      all.put(key, text.getAsString());
    } else {
      faulty.add(
          label + ".labels." + key,
          "at most 63 lower-case letters, digits, - and _",
          value.toString());
    }
  }
}
