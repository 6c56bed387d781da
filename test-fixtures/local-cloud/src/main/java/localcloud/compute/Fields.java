package localcloud.compute;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/** Fields that many requests have under one name. */
final class Fields {
  private Fields() {}

  /** Empty if the message has no such field or it is not set. */
  static String text(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return field == null ? "" : String.valueOf(message.getField(field));
  }

  /** 0 if the message has no such field or it is not set. */
  static int number(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return field == null ? 0 : (Integer) message.getField(field);
  }

  static boolean has(Message message, String name) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
    return field != null && message.hasField(field);
  }
}
