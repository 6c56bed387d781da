package localcloud.world.resources;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import localcloud.world.refusals.Refusals;

/** The rule for names, and what is computed from contents. */
public final class Names {
  private static final String RULE = "(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)";
  private static final Pattern NAME = Pattern.compile(RULE);
  private static final Pattern BASE =
      Pattern.compile("(?=.{1,58}$)[a-z](?:[-a-z0-9]*[a-z0-9])?(?:-#{1,10})?");
  private static final Pattern LABEL_KEY =
      Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");
  private static final Pattern LABEL_VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");

  private Names() {}

  /** Refuses what is no name of a resource, as RFC 1035 has them. */
  public static void check(String field, String value) {
    if (!NAME.matcher(value).matches()) {
      throw Refusals.invalid(field, value, "Must be a match of regex '" + RULE + "'");
    }
  }

  /**
   * The same for a group's baseInstanceName, which leaves room for what instances' names end in, or
   * ends in as many # as their numbers have digits (discovery: InstanceGroupManager).
   */
  public static void checkBase(String field, String value) {
    if (!BASE.matcher(value).matches()) {
      throw Refusals.invalid(field, value, "Must be a match of regex '" + BASE + "'");
    }
  }

  /**
   * Refuses labels that Google refuses: keys of 1 to 63 lowercase letters, digits, dashes and
   * underscores, beginning with a letter; values of as many at most. The sentence is that of
   * googleapis/gax-nodejs#1288 as far as it is quoted there.
   */
  public static void checkLabels(String field, Map<String, String> labels) {
    labels.forEach(
        (key, value) -> {
          if (!LABEL_KEY.matcher(key).matches()) {
            throw Refusals.invalid(
                field, "", "Label key '" + key + "' violates format constraints.");
          }
          if (!LABEL_VALUE.matcher(value).matches()) {
            throw Refusals.invalid(
                field, "", "Label value '" + value + "' violates format constraints.");
          }
        });
  }

  /**
   * The fields, by their names in JSON, that say anything: an empty message, which some clients
   * always send, changes nothing.
   */
  public static Set<String> said(MessageOrBuilder message) {
    return message.getAllFields().entrySet().stream()
        .filter(field -> says(field.getKey(), field.getValue()))
        .map(field -> field.getKey().getJsonName())
        .collect(Collectors.toSet());
  }

  /**
   * A part that holds nothing, and a default that is told, ask for nothing: Terraform sends both.
   */
  private static boolean says(FieldDescriptor field, Object value) {
    if (value instanceof Message part) {
      return !said(part).isEmpty();
    }
    return field.isRepeated() || !value.equals(field.getDefaultValue());
  }

  /** Refuses whatever is set and not in the list: it would be taken and forgotten. */
  public static void refuseOthers(Set<String> set, Set<String> modelled, String prefix) {
    Set<String> others = new HashSet<>(set);
    others.removeAll(modelled);
    if (!others.isEmpty()) {
      throw Refusals.notModelled("the field " + prefix + others.iterator().next());
    }
  }

  /**
   * A fingerprint as Google's look: eight bytes in base64 of the alphabet for URLs, which is what
   * discovery's format byte means and gcloud sends back; the same for the same contents.
   */
  public static String fingerprint(byte[] contents) {
    byte[] digest = sha256(contents);
    byte[] eight = new byte[8];
    System.arraycopy(digest, 0, eight, 0, eight.length);
    return Base64.getUrlEncoder().encodeToString(eight);
  }

  /** The same for labels, in whatever order. */
  public static String fingerprint(Map<String, String> labels) {
    return fingerprint(new TreeMap<>(labels).toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An instance's name after its group's base name.
   *
   * @param number how many were named before: what a hash at the base's end stands for
   */
  public static String instance(String base, String group, long number) {
    int hashes = base.length() - base.replaceFirst("#+$", "").length();
    return hashes == 0
        ? base + "-" + suffix(group + "/" + number)
        : base.substring(0, base.length() - hashes)
            + String.format(Locale.ROOT, "%0" + hashes + "d", number);
  }

  /** Four characters, as the names of a group's instances end. */
  public static String suffix(String seed) {
    byte[] digest = sha256(seed.getBytes(StandardCharsets.UTF_8));
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      suffix.append("bcdfghjklmnpqrstvwxz0123456789".charAt((digest[i] & 0xff) % 30));
    }
    return suffix.toString();
  }

  private static byte[] sha256(byte[] contents) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(contents);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
