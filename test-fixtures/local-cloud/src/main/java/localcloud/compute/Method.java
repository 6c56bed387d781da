package localcloud.compute;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One method of Google's API as its descriptor gives it.
 *
 * @param name such as Images.Insert
 * @param segments of the path; those in braces are fields of the request
 * @param bodyField the request's field that the body is; null if it has none
 */
record Method(
    String name, String verb, List<String> segments, @Nullable FieldDescriptor bodyField) {

  /** Empty if the method has no HTTP form. */
  static Optional<Method> of(MethodDescriptor descriptor) {
    HttpRule rule = descriptor.getOptions().getExtension(AnnotationsProto.http);
    String name = descriptor.getService().getName() + "." + descriptor.getName();
    FieldDescriptor body =
        rule.getBody().isEmpty() ? null : descriptor.getInputType().findFieldByName(rule.getBody());
    return switch (rule.getPatternCase()) {
      case GET -> Optional.of(new Method(name, "GET", split(rule.getGet()), body));
      case PUT -> Optional.of(new Method(name, "PUT", split(rule.getPut()), body));
      case POST -> Optional.of(new Method(name, "POST", split(rule.getPost()), body));
      case DELETE -> Optional.of(new Method(name, "DELETE", split(rule.getDelete()), body));
      case PATCH -> Optional.of(new Method(name, "PATCH", split(rule.getPatch()), body));
      default -> Optional.empty();
    };
  }

  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** The fields that the path holds; empty if it is another method's path. */
  Optional<Map<String, String>> match(List<String> path) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.startsWith("{")) {
        String value = URLDecoder.decode(path.get(i).replace("+", "%2B"), StandardCharsets.UTF_8);
        fields.put(segment.substring(1, segment.length() - 1), value);
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(fields);
  }
}
