package localcloud.compute;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import localcloud.world.refusals.ApiException;

/** A field of a resource, also inside another, such as labels.owner or status. */
record FieldPath(String path) {
  /** What the resource holds there, as texts; refuses what is no field of it. */
  List<String> of(Message resource, Supplier<ApiException> refused) {
    int dot = path.indexOf('.');
    String head = dot < 0 ? path : path.substring(0, dot);
    String rest = dot < 0 ? "" : path.substring(dot + 1);
    FieldDescriptor field =
        resource.getDescriptorForType().getFields().stream()
            .filter(one -> one.getJsonName().equals(head))
            .findFirst()
            .orElseThrow(refused);
    List<Object> held = new ArrayList<>();
    if (field.isRepeated()) {
      held.addAll((List<?>) resource.getField(field));
    } else if (resource.hasField(field)) {
      held.add(resource.getField(field));
    }
    List<String> values = new ArrayList<>();
    for (Object one : held) {
      if (one instanceof MapEntry<?, ?> entry) {
        if (entry.getKey().equals(rest)) {
          values.add(String.valueOf(entry.getValue()));
        }
      } else if (one instanceof Message inner && !rest.isEmpty()) {
        values.addAll(new FieldPath(rest).of(inner, refused));
      } else {
        values.add(String.valueOf(one));
      }
    }
    return values;
  }
}
