package localcloud.compute;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import localcloud.world.places.Scope;

/** Fields that many requests have under one name. */
final class Fields {
  private Fields() {}

  /** Empty if the message has no such field or it is not set. */
  static String text(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return field == null ? "" : String.valueOf(message.getField(field));
  }

  /** The values of a repeated field. */
  static List<String> texts(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return ((List<?>) message.getField(field)).stream().map(String::valueOf).toList();
  }

  /** The resource that a request carries: its one field that is a message. */
  static Message body(Message request) {
    FieldDescriptor body =
        request.getDescriptorForType().getFields().stream()
            .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
            .findFirst()
            .orElseThrow();
    return (Message) request.getField(body);
  }

  /** 0 if the message has no such field or it is not set. */
  static int number(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return field == null ? 0 : (Integer) message.getField(field);
  }

  /** Where the request's path leads: a zone, a region, or neither. */
  static Scope scope(Message request) {
    if (has(request, "zone")) {
      return Scope.zone(text(request, "zone"));
    }
    return has(request, "region") ? Scope.region(text(request, "region")) : Scope.GLOBAL;
  }

  /** What a method answers where zonal and regional answers have types of their own. */
  static Message either(Message request, Message zonal, Message regional) {
    return has(request, "region") ? regional : zonal;
  }

  /** The same as the path of a list begins: projects/demo/zones/us-west1-a. */
  static String home(Message request) {
    return "projects/" + text(request, "project") + "/" + scope(request).path();
  }

  static boolean has(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return field != null && message.hasField(field);
  }
}
