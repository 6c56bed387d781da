package page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import page.Api.Answer;
import page.Api.Question;

/**
 * The groups, a cell {@code group/projects/...} each; the instances of those that are looked into,
 * {@code instance/projects/...}; and the versions that any of them has, {@code version/<template>}.
 * Looked into are groups of what is under way and those that people have opened.
 */
final class Groups implements Source {
  private static final String KEY = "group/";
  private static final int AT_ONCE = 20;

  private final Api api;
  private final Settings settings;
  private final Records records;
  private final Versions versions = new Versions();
  private Map<String, JsonObject> all = new TreeMap<>();
  private Map<String, JsonObject> listing = new TreeMap<>();
  private final Map<String, List<InstanceCell>> instances = new HashMap<>();
  private final Set<String> lookedInto = new HashSet<>();
  private String page = "";
  private List<String> asked = List.of();
  private boolean listed;

  Groups(Api api, Settings settings, Records records) {
    this.api = api;
    this.settings = settings;
    this.records = records;
  }

  @Override
  public String name() {
    return "compute";
  }

  @Override
  public void begin() {
    listed = false;
    page = "";
    listing = new TreeMap<>();
    lookedInto.clear();
  }

  @Override
  public boolean wants(Wishes wishes) {
    return !listed || !left(wishes).isEmpty();
  }

  @Override
  public List<Question> ask(Wishes wishes, int most) {
    List<String> paths = listed ? left(wishes) : List.of();
    asked = paths.subList(0, Math.min(paths.size(), Math.min(most, AT_ONCE)));
    return listed ? asked.stream().map(path -> question(path, "")).toList() : List.of(list());
  }

  private Question list() {
    String url =
        settings.endpoints().compute()
            + ("/projects/" + settings.project())
            + "/aggregated/instanceGroupManagers?maxResults=500"
            + (page.isEmpty() ? "" : "&pageToken=" + Api.encoded(page));
    return Question.get(url, "compute.instanceGroupManagers.list");
  }

  @Override
  public void take(List<Answer> answers) throws IOException, InterruptedException {
    if (!listed) {
      takeList(answers.get(0).json());
    }
    for (int i = 0; i < asked.size(); i++) {
      String path = asked.get(i);
      lookedInto.add(path);
      if (answers.get(i).isThere()) {
        instances.put(path, members(path, answers.get(i).json()));
      }
    }
  }

  private void takeList(JsonObject answer) {
    for (Map.Entry<String, JsonElement> scope : Json.object(answer, "items").entrySet()) {
      for (JsonObject group :
          Json.objects(scope.getValue().getAsJsonObject(), "instanceGroupManagers")) {
        listing.put(Json.path(Json.text(group, "selfLink")), group);
      }
    }
    page = Json.text(answer, "nextPageToken");
    if (page.isEmpty()) {
      all = listing;
      instances.keySet().retainAll(all.keySet());
      listed = true;
    }
  }

  /** Groups that are to be looked into and were not in this round. */
  private List<String> left(Wishes wishes) {
    Set<String> open = opened(wishes);
    return all.keySet().stream()
        .filter(path -> settings.isUnlimited() || open.contains(path))
        .filter(path -> !lookedInto.contains(path))
        .toList();
  }

  private Set<String> opened(Wishes wishes) {
    Set<String> open = records.openGroups();
    wishes.groups().forEach(group -> open.add(group.substring(KEY.length())));
    return open;
  }

  /** All at once, unless the group is set to tell page by page. */
  private List<InstanceCell> members(String path, JsonObject first)
      throws IOException, InterruptedException {
    Map<String, String> before = new HashMap<>();
    instances.getOrDefault(path, List.of()).forEach(one -> before.put(one.path(), one.template()));
    List<InstanceCell> members = new ArrayList<>();
    JsonObject answer = first;
    while (true) {
      for (JsonObject member : Json.objects(answer, "managedInstances")) {
        String instance = Json.path(Json.text(member, "instance"));
        members.add(InstanceCell.of(member, before.getOrDefault(instance, "")));
      }
      String next = Json.text(answer, "nextPageToken");
      if (next.isEmpty()) {
        return members;
      }
      Question more = question(path, "?pageToken=" + Api.encoded(next));
      answer = api.ask(List.of(more)).answers().get(0).json();
    }
  }

  private Question question(String path, String query) {
    String url = settings.endpoints().compute() + "/" + path + "/listManagedInstances" + query;
    return new Question(url, new JsonObject(), "compute.instanceGroupManagers.get");
  }

  @Override
  public void fill(Wishes wishes, Map<String, JsonObject> cells) {
    records.index().templates().forEach(versions::add);
    Set<String> open = opened(wishes);
    all.forEach(
        (path, group) -> {
          boolean shown = settings.isUnlimited() || open.contains(path);
          @Nullable List<InstanceCell> members = shown ? instances.get(path) : null;
          cells.put(KEY + path, cell(group, members));
          for (InstanceCell member : members == null ? List.<InstanceCell>of() : members) {
            versions.add(member.template());
            cells.put("instance/" + member.path(), member.json(KEY + path));
          }
        });
    versions.fill(cells);
  }

  private JsonObject cell(JsonObject group, @Nullable List<InstanceCell> members) {
    JsonObject status = Json.object(group, "status");
    JsonObject cell = new JsonObject();
    cell.addProperty("name", Json.text(group, "name"));
    cell.addProperty("place", Json.last(Json.text(group, group.has("zone") ? "zone" : "region")));
    cell.addProperty("zones", zones(group, members));
    cell.addProperty("target", number(group, "targetSize"));
    cell.addProperty("size", members == null ? size(group) : members.size());
    cell.add("healthy", JsonNull.INSTANCE);
    if (members != null) {
      cell.addProperty("healthy", members.stream().filter(InstanceCell::healthy).count());
    }
    cell.addProperty("checked", !Json.array(group, "autoHealingPolicies").isEmpty());
    cell.addProperty("reached", isTrue(Json.object(status, "versionTarget"), "isReached"));
    cell.addProperty("stable", isTrue(status, "isStable"));
    JsonArray wanted = new JsonArray();
    for (JsonObject version : Json.objects(group, "versions")) {
      String template = Json.last(Json.text(version, "instanceTemplate"));
      versions.add(template);
      JsonObject one = new JsonObject();
      one.addProperty("template", template);
      one.addProperty("size", number(Json.object(version, "targetSize"), "calculated"));
      wanted.add(one);
    }
    cell.add("wanted", wanted);
    return cell;
  }

  private static long zones(JsonObject group, @Nullable List<InstanceCell> members) {
    return members == null
        ? Math.max(1, Json.array(Json.object(group, "distributionPolicy"), "zones").size())
        : members.stream().map(InstanceCell::zone).distinct().count();
  }

  /** Every instance has one current action. */
  private static long size(JsonObject group) {
    JsonObject actions = Json.object(group, "currentActions");
    return actions.keySet().stream().mapToLong(action -> number(actions, action)).sum();
  }

  private static long number(JsonObject object, String key) {
    String text = Json.text(object, key);
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static boolean isTrue(JsonObject object, String key) {
    return Json.text(object, key).equals("true");
  }
}
