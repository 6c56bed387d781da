package slipway.settings;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a target's signing keys. */
final class KeysReader {
  private KeysReader() {}

  /** The keys; none if the setting is left out. What is faulty is noted by its index, from 0. */
  static List<SigningKey> read(@Nullable JsonElement json, String label, FaultyKeys faulty) {
    List<SigningKey> keys = new ArrayList<>();
    if (json instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        String one = label + "[" + i + "]";
        try {
          keys.add(SigningKey.of(text(array.get(i))));
        } catch (InvalidKeyException unusable) {
          faulty.add(one, SigningKey.FORM, String.valueOf(unusable.getMessage()));
        }
      }
    } else if (json != null && !json.isJsonNull()) {
      faulty.add(label, "a list, each " + SigningKey.FORM, "no list");
    }
    return keys;
  }

  private static String text(JsonElement json) throws InvalidKeyException {
    if (json instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw new InvalidKeyException("no text");
  }
}
