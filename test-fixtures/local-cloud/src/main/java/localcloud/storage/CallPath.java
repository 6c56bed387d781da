package localcloud.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Verbs and a path with an asterisk for each name in it, two for a name that is all the rest, with
 * its slashes.
 */
record CallPath(List<String> verbs, List<String> segments) {
  private static final String REST = "**";

  static CallPath of(String call) {
    String[] words = call.split(" ", 2);
    return new CallPath(List.of(words[0].split("\\|", -1)), List.of(words[1].split("/", -1)));
  }

  /** The segments of a call's path; those of a bucket may be named with a slash behind it. */
  static String[] split(String path) {
    // gsutil and gcloud put this word before the path of a resumable upload.
    String plain = path.replaceFirst("^/resumable(?=/upload/)", "");
    boolean bucket = plain.matches("/[^/]+/");
    return (bucket ? plain.substring(0, plain.length() - 1) : plain).split("/", -1);
  }

  /** The names in the path, without escapes; empty if it is another's. */
  Optional<List<String>> match(String verb, String[] asked) {
    boolean rest = segments.get(segments.size() - 1).equals(REST);
    boolean fits = rest ? asked.length >= segments.size() : asked.length == segments.size();
    if (!verbs.contains(verb) || !fits) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.equals(REST)) {
        names.add(Utf8.ofPath(String.join("/", Arrays.asList(asked).subList(i, asked.length))));
      } else if (segment.equals("*") && !asked[i].isEmpty()) {
        names.add(Utf8.ofPath(asked[i]));
      } else if (!segment.equals(asked[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(Collections.unmodifiableList(names));
  }
}
