package localcloud.compute;

import com.google.cloud.compute.v1.Compute;
import com.google.cloud.compute.v1.Operation;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import localcloud.world.passive.PassiveKind;
import localcloud.world.passive.PassiveResources;
import localcloud.world.passive.PassiveResources.Named;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Edit;

/** Firewalls.*, UrlMaps.* and the like, alike in all but their types, which their methods name. */
final class PassiveMethods {
  private final Handlers handlers;
  private final PassiveResources all;
  private final PassiveKind kind;
  private final InbornResources inborn;

  private PassiveMethods(Handlers handlers, PassiveKind kind) {
    this.inborn = new InbornResources(handlers.world());
    this.handlers = handlers;
    this.all = handlers.world().passive();
    this.kind = kind;
  }

  static void addTo(Handlers handlers) {
    for (PassiveKind kind : PassiveResources.KINDS) {
      PassiveMethods methods = new PassiveMethods(handlers, kind);
      Compute.getDescriptor().findServiceByName(kind.service()).getMethods().forEach(methods::add);
    }
  }

  private void add(MethodDescriptor method) {
    String name = kind.service() + "." + method.getName();
    Message prototype = DynamicMessage.getDefaultInstance(method.getInputType());
    switch (method.getName()) {
      case "List" -> handlers.read(name, prototype, request -> list(method, request));
      case "AggregatedList" -> handlers.read(name, prototype, r -> aggregated(method, r));
      case "Get" -> handlers.read(name, prototype, this::get);
      case "Insert" ->
          handlers.change(
              name,
              prototype,
              request -> all.insert(kind, Fields.scope(request), Fields.body(request)));
      case "Delete" -> handlers.change(name, prototype, this::delete);
      case "Patch" -> change(method, (now, body) -> Json.patched(now, body));
      case "Update" -> change(method, PassiveMethods::replaced);
      // setLabels, setTarget, setUrlMap, setSslCertificates: the body's parts are the resource's.
      default -> {
        if (method.getName().matches("Set(Labels|Target|UrlMap|SslCertificates)")) {
          change(method, (now, body) -> Json.set(now, body));
        }
      }
    }
  }

  private Message get(Message request) {
    String name = named(request);
    return inborn
        .find(kind, Fields.scope(request), name)
        .orElseGet(
            () -> {
              Scope place = Fields.scope(request);
              return inborn.shown(kind, place, all.get(kind, place, name));
            });
  }

  private Operation delete(Message request) {
    Scope place = Fields.scope(request);
    inborn.checkUnused(kind, place, named(request));
    return all.delete(kind, place, named(request));
  }

  private Message list(MethodDescriptor method, Message request) {
    Message answer = DynamicMessage.getDefaultInstance(method.getOutputType());
    String home = Fields.home(request) + "/" + kind.collection();
    return Lists.page(answer, home, in(Fields.scope(request)), request);
  }

  private Message aggregated(MethodDescriptor method, Message request) {
    Message answer = DynamicMessage.getDefaultInstance(method.getOutputType());
    ByPlace places = ByPlace.everywhere(handlers.world());
    return Lists.aggregated(answer, places.all(this::in), request, places.lists());
  }

  private List<Message> in(Scope place) {
    Stream<Message> made =
        all.list(kind, place).stream().map(one -> inborn.shown(kind, place, one));
    return Stream.concat(inborn.list(kind, place).stream(), made)
        .sorted(Comparator.comparing(one -> Fields.text(one, "name")))
        .toList();
  }

  /** How a body changes what is. */
  private interface Merge {
    Message apply(Message now, JsonObject body);
  }

  private void change(MethodDescriptor method, Merge merge) {
    String type = Guard.lower(method.getName());
    handlers.patch(
        kind.service() + "." + method.getName(),
        DynamicMessage.getDefaultInstance(method.getInputType()),
        asked -> {
          Edit<Message> edit = now -> merge.apply(current(now, asked.body()), asked.body());
          return all.change(
              new Named(kind, Fields.scope(asked.request()), named(asked.request())), type, edit);
        });
  }

  private static Message replaced(Message now, JsonObject body) {
    Message.Builder builder = now.newBuilderForType();
    Json.parse(body, builder);
    FieldDescriptor name = builder.getDescriptorForType().findFieldByName("name");
    return builder.setField(name, now.getField(name)).build();
  }

  /** Refuses a body that was made of an earlier state of the resource, or of its labels. */
  private static Message current(Message now, JsonObject body) {
    for (String one : List.of("fingerprint", "labelFingerprint")) {
      FieldDescriptor field = now.getDescriptorForType().findFieldByName(one.replace("lF", "l_f"));
      if (field != null && body.has(one) && !body.get(one).isJsonNull()) {
        if (!body.get(one).getAsString().equals(now.getField(field))) {
          throw Refusals.stale();
        }
      }
    }
    return now;
  }

  /** As url_map, forwarding_rule, ...; setLabels has the one field for all. */
  private String named(Message request) {
    String name = Fields.text(request, kind.word());
    return name.isEmpty() ? Fields.text(request, "resource") : name;
  }
}
