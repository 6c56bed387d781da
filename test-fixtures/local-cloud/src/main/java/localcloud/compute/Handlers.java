package localcloud.compute;

import com.google.cloud.compute.v1.Operation;
import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import localcloud.access.Caller;
import localcloud.access.Permissions;
import localcloud.access.Permissions.Need;
import localcloud.world.World;

/** The methods that are implemented, by Google's names. */
final class Handlers {
  /** A request, its body as it came (a merge patch needs to see its nulls), and who sent it. */
  record Asked<R extends Message>(R request, JsonObject body, Caller caller) {}

  /** Answers one method, of callers who have what it needs. */
  record Handler(Message prototype, List<Need> needs, Function<Asked<Message>, Message> answer) {}

  private final World world;
  private final Map<String, Handler> all = new HashMap<>();

  Handlers(World world) {
    this.world = world;
  }

  World world() {
    return world;
  }

  Set<String> names() {
    return Set.copyOf(all.keySet());
  }

  Optional<Handler> find(String method) {
    return Optional.ofNullable(all.get(method));
  }

  /** A method that only looks. */
  <R extends Message> void read(String method, R prototype, Function<R, Message> answer) {
    add(method, prototype, asked -> world.call(() -> answer.apply(asked.request())));
  }

  /** Methods, each with its prototype, that look at one kind of thing in several kinds of place. */
  void read(Map<String, Message> methods, Function<Message, Message> answer) {
    methods.forEach((method, prototype) -> read(method, prototype, answer));
  }

  /** The same for methods that begin an operation. */
  void change(Map<String, Message> methods, Function<Message, Operation> answer) {
    methods.forEach((method, prototype) -> change(method, prototype, answer));
  }

  /** A method that begins an operation, once for each requestId. */
  <R extends Message> void change(String method, R prototype, Function<R, Operation> answer) {
    patch(method, prototype, asked -> answer.apply(asked.request()));
  }

  /** The same, where the answer needs the body as it came. */
  <R extends Message> void patch(String method, R prototype, Function<Asked<R>, Operation> answer) {
    add(
        method,
        prototype,
        asked ->
            world.once(
                Fields.text(asked.request(), "request_id"),
                () -> world.operations().by(asked.caller().email(), answer.apply(asked))));
  }

  /** A method that takes the world's lock itself, or does without. */
  @SuppressWarnings("unchecked")
  <R extends Message> void add(String method, R prototype, Function<Asked<R>, Message> answer) {
    Class<R> type = (Class<R>) prototype.getClass();
    all.put(
        method,
        new Handler(
            prototype,
            Permissions.TABLE.of(Guard.id(method)),
            asked ->
                answer.apply(
                    new Asked<>(type.cast(asked.request()), asked.body(), asked.caller()))));
  }
}
