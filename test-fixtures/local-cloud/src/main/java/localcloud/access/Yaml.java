package localcloud.access;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Plain YAML of known form; every fault names its file. */
final class Yaml {
  private Yaml() {}

  static Map<String, ?> map(String yaml, String file) throws IOException {
    return asMap(load(yaml, file), file);
  }

  static List<Map<String, ?>> listOfMaps(String yaml, String file) throws IOException {
    List<Map<String, ?>> maps = new ArrayList<>();
    for (Object element : asList(load(yaml, file), file)) {
      maps.add(asMap(element, file));
    }
    return maps;
  }

  static String text(Map<String, ?> map, String key, String file) throws IOException {
    if (map.get(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new IOException(file + ": " + key + ": expected a text, found " + map.get(key));
  }

  static Set<String> distinctTexts(Map<String, ?> map, String key, String file) throws IOException {
    Set<String> texts = new LinkedHashSet<>();
    for (Object element : asList(map.get(key), file + ": " + key)) {
      if (!(element instanceof String text) || !texts.add(text)) {
        throw new IOException(file + ": " + key + ": each once, as a text, found " + element);
      }
    }
    return texts;
  }

  private static Object load(String yaml, String file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      return new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(yaml);
    } catch (YAMLException malformed) {
      throw new IOException(file + ": " + malformed.getMessage(), malformed);
    }
  }

  @SuppressWarnings("unchecked") // Of what the safe constructor makes, keys that are no texts fail.
  private static Map<String, ?> asMap(@Nullable Object value, String where) throws IOException {
    if (value instanceof Map<?, ?> map
        && map.keySet().stream().allMatch(String.class::isInstance)) {
      return (Map<String, ?>) map;
    }
    throw new IOException(where + ": expected keys with values, found " + value);
  }

  private static List<?> asList(@Nullable Object value, String where) throws IOException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IOException(where + ": expected a list, found " + value);
  }
}
