package localcloud.compute;

import com.google.cloud.compute.v1.Data;
import com.google.cloud.compute.v1.Warning;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import localcloud.world.places.Links;

/** The answers to list methods: they differ in the type of their items alone. */
final class Lists {
  private Lists() {}

  /**
   * One page of a list.
   *
   * @param answer the empty answer, such as ImageList
   * @param home the list's path from projects/ on
   */
  static <T extends Message> Message page(
      Message answer, String home, Collection<T> all, Message request) {
    Page<T> page = Page.of(all, request);
    return filled(begin(answer, home, page), page);
  }

  /** All that match the filter, in one answer that is no list of Google's usual kind. */
  static <T extends Message> Message whole(Message answer, Collection<T> all, Message request) {
    Page<T> page = Page.whole(all, request);
    return filled(begin(answer, "", page), page);
  }

  private static Message filled(Message.Builder list, Page<?> page) {
    FieldDescriptor items = repeated(list);
    page.items().forEach(item -> list.addRepeatedField(items, item));
    return list.build();
  }

  /** What an answer lists: its one repeated field. */
  private static FieldDescriptor repeated(Message.Builder list) {
    return list.getDescriptorForType().getFields().stream()
        .filter(FieldDescriptor::isRepeated)
        .findFirst()
        .orElseThrow();
  }

  /** What an aggregated list is made of: the places it tells of, and where each item belongs. */
  record Places<T>(List<String> scopes, Function<T, String> scopeOf) {}

  /** One page of all items, by place; a place without any says so in a warning. */
  static <T extends Message> Message aggregated(
      Message answer, Collection<T> all, Message request, Places<T> places) {
    Page<T> page = Page.of(all, request);
    String collection = lower(answer).replace("AggregatedList", "");
    String plural = collection.endsWith("s") ? collection : collection + "s";
    Message.Builder list =
        begin(
            answer, "projects/" + Fields.text(request, "project") + "/aggregated/" + plural, page);
    for (String scope : places.scopes()) {
      List<T> here =
          page.items().stream().filter(one -> places.scopeOf().apply(one).equals(scope)).toList();
      put(list, scope, here);
    }
    return list.build();
  }

  private static void put(Message.Builder list, String scope, List<? extends Message> here) {
    FieldDescriptor items = field(list, "items");
    Message.Builder entry = list.newBuilderForField(items);
    Message.Builder scoped = entry.newBuilderForField(field(entry, "value"));
    FieldDescriptor held = repeated(scoped);
    here.forEach(one -> scoped.addRepeatedField(held, one));
    if (here.isEmpty()) {
      scoped.setField(field(scoped, "warning"), empty(scope));
    }
    entry.setField(field(entry, "key"), scope);
    entry.setField(field(entry, "value"), scoped.build());
    list.addRepeatedField(items, entry.build());
  }

  private static Message.Builder begin(Message answer, String home, Page<?> page) {
    Message.Builder list = answer.newBuilderForType();
    Descriptor type = answer.getDescriptorForType();
    if (type.findFieldByName("kind") != null) {
      // RegionInstanceGroupManagerList.kind: "always compute#instanceGroupManagerList".
      String kind = lower(answer).replace("regionInstanceGroupManager", "instanceGroupManager");
      list.setField(field(list, "kind"), "compute#" + kind);
      list.setField(field(list, "id"), home);
      list.setField(field(list, "self_link"), Links.ROOT + home);
    }
    if (!page.next().isEmpty()) {
      list.setField(field(list, "next_page_token"), page.next());
    }
    return list;
  }

  private static Warning empty(String scope) {
    return Warning.newBuilder()
        .setCode("NO_RESULTS_ON_PAGE")
        .setMessage("There are no results for scope '" + scope + "' on this page.")
        .addData(Data.newBuilder().setKey("scope").setValue(scope))
        .build();
  }

  private static FieldDescriptor field(Message.Builder message, String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }

  private static String lower(Message message) {
    String name = message.getDescriptorForType().getName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
