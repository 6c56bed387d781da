package page;

import static java.util.Comparator.comparing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import page.PrivateBucket.Listed;
import page.Settings.Buckets;

/**
 * One target: what serves, what served before, what is under way, and what people ordered or may
 * order. Told by its state, {@code targets/<target>.json} of the private bucket (TargetState of the
 * function), or where that may not be read, by its records alone.
 */
final class TargetView {
  private final String name;
  private final Buckets buckets;
  private final PrivateBucket bucket;
  private final List<RecordEntry> records;
  private final Set<String> open;
  private final JsonObject state;
  private final List<Good> goods;

  TargetView(String name, Buckets buckets, PrivateBucket bucket, Records records) {
    this.name = name;
    this.buckets = buckets;
    this.bucket = bucket;
    this.records = records.index().of(name);
    this.open = records.open();
    this.state = bucket.json("targets/" + name + ".json");
    this.goods = goods();
  }

  String name() {
    return name;
  }

  /** Names of the records that its cell tells of. */
  Set<String> toldBy() {
    Set<String> names = new TreeSet<>();
    serving(goods).flatMap(this::record).ifPresent(record -> names.add(record.name()));
    previous(goods).flatMap(this::record).ifPresent(record -> names.add(record.name()));
    return names;
  }

  JsonObject cell() {
    List<RecordEntry> underWay = records.stream().filter(one -> open.contains(one.name())).toList();
    JsonObject cell = new JsonObject();
    cell.addProperty("name", name);
    Optional<Good> previous = previous(goods);
    cell.add("serving", serving(goods).map(this::version).orElse(null));
    cell.add("previous", previous.map(this::version).orElse(null));
    cell.add("hold", hold());
    cell.add("blocked", blocked());
    cell.add("groups", texts(groups()));
    cell.add("open", texts(underWay.stream().map(RecordEntry::name).toList()));
    cell.add("approval", approval());
    cell.add("steps", JsonNull.INSTANCE);
    cell.add("alarms", alarms());
    cell.add("orders", orders(underWay, previous));
    return cell;
  }

  /** A deployment that was seen to serve well. */
  private record Good(
      String deployment, String image, String sha256, String since, String template) {}

  /** The latest first. */
  private List<Good> goods() {
    List<Good> goods = new ArrayList<>();
    for (JsonObject made : Json.objects(state, "made")) {
      if (Json.text(made, "fate").equals("good")) {
        String template =
            Json.array(made, "templates").isEmpty()
                ? ""
                : Json.last(Json.array(made, "templates").get(0).getAsString());
        goods.add(
            new Good(
                Json.text(made, "deployment"),
                Json.text(made, "image"),
                Json.text(made, "sha256"),
                Json.text(made, "since"),
                template));
      }
    }
    if (goods.isEmpty()) {
      for (RecordEntry record : records) {
        if (record.isGood()) {
          goods.add(
              new Good(
                  record.field("id"),
                  record.field("image"),
                  record.field("sha256"),
                  record.field("since"),
                  ""));
        }
      }
    }
    goods.sort(comparing(Good::since).reversed());
    return goods;
  }

  private Optional<Good> serving(List<Good> goods) {
    String deployment = Json.text(Json.object(state, "good"), "deployment");
    return goods.stream()
        .filter(one -> deployment.isEmpty() || one.deployment().equals(deployment))
        .findFirst();
  }

  /** What a roll-back takes: the last other one before those bytes served first. */
  private Optional<Good> previous(List<Good> goods) {
    Optional<Good> serving = serving(goods);
    String bytes = serving.map(Good::sha256).orElse("");
    Optional<Good> first =
        goods.stream().filter(one -> one.sha256().equals(bytes)).reduce((later, before) -> before);
    return goods.stream()
        .filter(one -> !one.sha256().equals(bytes))
        .filter(one -> first.isEmpty() || one.since().compareTo(first.get().since()) < 0)
        .findFirst();
  }

  private Optional<RecordEntry> record(Good good) {
    return records.stream().filter(one -> one.field("id").equals(good.deployment())).findFirst();
  }

  private JsonElement version(Good good) {
    Optional<RecordEntry> record = record(good);
    String template =
        good.template().isEmpty()
            ? record
                .flatMap(one -> one.groupStates().stream().findFirst())
                .map(group -> Json.last(Json.text(group, "newTemplate")))
                .orElse("")
            : good.template();
    @Nullable JsonObject whole = record.map(RecordEntry::whole).orElse(null);
    JsonObject version = new JsonObject();
    version.add("template", History.textOrNull(template));
    version.add("image", History.textOrNull(good.image()));
    version.addProperty("deployment", good.deployment());
    version.add("object", record.map(RecordEntry::object).map(History::textOrNull).orElse(null));
    version.add("sha256", History.textOrNull(good.sha256()));
    version.add("since", History.textOrNull(good.since()));
    version.add(
        "metadata",
        whole == null ? JsonNull.INSTANCE : Json.object(Json.object(whole, "upload"), "metadata"));
    return version;
  }

  private JsonElement hold() {
    for (String order : List.of("orders/" + name + "/hold", "targets/" + name + ".hold")) {
      Listed hold = bucket.all().get(order);
      if (hold != null) {
        JsonObject cell = new JsonObject();
        cell.add("since", History.textOrNull(hold.created()));
        cell.add("why", History.textOrNull(bucket.text(order).strip()));
        return cell;
      }
    }
    return JsonNull.INSTANCE;
  }

  private JsonArray blocked() {
    String folder = "blocked/" + name + "/";
    return texts(
        bucket.all().keySet().stream()
            .filter(object -> object.startsWith(folder))
            .map(Json::last)
            .toList());
  }

  private Set<String> groups() {
    Set<String> groups = new TreeSet<>();
    Json.object(state, "groups").keySet().forEach(path -> groups.add("group/" + path));
    records.forEach(record -> record.groups().forEach(path -> groups.add("group/" + path)));
    return groups;
  }

  /** The function's settings are not read: what one of its records says is known. */
  private JsonElement approval() {
    boolean asked =
        records.stream()
            .flatMap(record -> record.groupStates().stream())
            .anyMatch(group -> !Json.text(group, "askedAt").isEmpty());
    return asked ? new JsonPrimitive(true) : JsonNull.INSTANCE;
  }

  private JsonArray alarms() {
    Set<String> policies = new TreeSet<>();
    for (RecordEntry record : records) {
      for (JsonObject group : record.groupStates()) {
        JsonObject alarms = Json.object(Json.object(group, "course"), "alarms");
        Json.array(alarms, "policies").forEach(policy -> policies.add(policy.getAsString()));
      }
      if (!policies.isEmpty()) {
        break;
      }
    }
    return texts(policies);
  }

  private JsonObject orders(List<RecordEntry> underWay, Optional<Good> previous) {
    Orders orders = new Orders(name, buckets);
    JsonObject commands = new JsonObject();
    if (hold().isJsonNull()) {
      commands.addProperty("hold", orders.hold());
    } else {
      commands.addProperty("unhold", orders.release());
    }
    for (RecordEntry record : underWay) {
      boolean waits =
          record.groupStates().stream()
              .anyMatch(group -> Json.text(group, "state").equals("waiting-for-approval"));
      if (waits && !record.field("sha256").isEmpty()) {
        commands.addProperty("approve", orders.approve(record.field("sha256")));
      }
    }
    underWay.stream()
        .filter(record -> !record.field("stage").equals("rolling-back"))
        .findFirst()
        .ifPresent(record -> commands.addProperty("abort", orders.abort(record.field("id"))));
    previous.ifPresent(
        good -> commands.addProperty("rollBack", orders.rollBack(good.deployment())));
    return commands;
  }

  private static JsonArray texts(Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
