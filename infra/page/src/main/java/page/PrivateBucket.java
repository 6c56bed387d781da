package page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import page.Api.Answer;
import page.Api.Question;

/**
 * The private bucket, as far as one may read it: what is open, the targets' states, the orders, and
 * which bytes are blocked. One list tells what there is; states and holds are read when they
 * change. Consoles and tarballs are never touched.
 */
final class PrivateBucket implements Source {
  private static final String WHAT = "{open,targets,orders,blocked}/**";
  private static final int AT_ONCE = 40;

  /** An object as it was listed. */
  record Listed(long generation, String created, JsonObject metadata) {}

  private record Text(long generation, String text, JsonObject json) {
    static Text of(long generation, String text) {
      try {
        return JsonParser.parseString(text) instanceof JsonObject object
            ? new Text(generation, text, object)
            : new Text(generation, text, new JsonObject());
      } catch (JsonParseException noJson) {
        return new Text(generation, text, new JsonObject());
      }
    }
  }

  private final Settings settings;
  private final Records records;
  private Map<String, Listed> all = new TreeMap<>();
  private Map<String, Listed> listing = new TreeMap<>();
  private final Map<String, Text> texts = new HashMap<>();
  private String page = "";
  private List<String> reading = List.of();
  private boolean listed;
  private List<TargetView> views = List.of();
  private long changes = 1;
  private long viewed;

  PrivateBucket(Settings settings, Records records) {
    this.settings = settings;
    this.records = records;
  }

  @Override
  public String name() {
    return "private";
  }

  @Override
  public void begin() {
    listed = false;
    page = "";
    listing = new TreeMap<>();
  }

  @Override
  public boolean wants(Wishes wishes) {
    return !listed || !unread().isEmpty();
  }

  @Override
  public List<Question> ask(Wishes wishes, int most) {
    List<String> names = listed ? unread() : List.of();
    reading = names.subList(0, Math.min(names.size(), Math.min(most, AT_ONCE)));
    return listed
        ? reading.stream().map(name -> Question.get(content(name), "storage.objects.get")).toList()
        : List.of(list());
  }

  private String content(String name) {
    return bucket() + "/" + Api.encoded(name) + "?alt=media";
  }

  private Question list() {
    String url =
        bucket()
            + ("?maxResults=1000&matchGlob=" + Api.encoded(WHAT))
            + "&fields=items(name,generation,timeCreated,metadata),nextPageToken"
            + (page.isEmpty() ? "" : "&pageToken=" + Api.encoded(page));
    return Question.get(url, "storage.objects.list");
  }

  @Override
  public void take(List<Answer> answers) throws Trouble {
    changes++;
    if (!listed) {
      takeList(answers.get(0).json());
    }
    for (int i = 0; i < reading.size(); i++) {
      String name = reading.get(i);
      Listed known = all.get(name);
      if (known != null && answers.get(i).isThere()) {
        long generation = Math.max(known.generation(), answers.get(i).generation());
        texts.put(name, Text.of(generation, answers.get(i).text()));
      } else {
        all.remove(name);
      }
    }
  }

  private void takeList(JsonObject answer) {
    for (JsonElement item : Json.array(answer, "items")) {
      JsonObject object = item.getAsJsonObject();
      listing.put(
          Json.text(object, "name"),
          new Listed(
              Long.parseLong(Json.text(object, "generation")),
              Json.text(object, "timeCreated"),
              Json.object(object, "metadata")));
    }
    page = Json.text(answer, "nextPageToken");
    if (page.isEmpty()) {
      all = listing;
      texts.keySet().retainAll(all.keySet());
      listed = true;
    }
  }

  private List<String> unread() {
    return all.entrySet().stream()
        .filter(one -> one.getKey().matches("targets/.*\\.(json|hold)|orders/.*/hold"))
        .filter(
            one ->
                !texts.containsKey(one.getKey())
                    || texts.get(one.getKey()).generation() < one.getValue().generation())
        .map(Map.Entry::getKey)
        .toList();
  }

  private String bucket() {
    return settings.endpoints().storage() + "/b/" + settings.buckets().proven() + "/o";
  }

  /** Names of the records that are open by their markers, of all targets. */
  Set<String> open() {
    return all.entrySet().stream()
        .filter(one -> one.getKey().startsWith("open/"))
        .map(one -> one.getValue().metadata())
        .filter(marker -> marker.has("object") && marker.has("generation"))
        .map(
            marker ->
                "deployments/"
                    + Json.text(marker, "object")
                    + ("/" + Json.text(marker, "generation") + ".json"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names of the records that the targets' cells tell of. */
  Set<String> told() {
    Set<String> told = new TreeSet<>();
    targets().forEach(target -> told.addAll(target.toldBy()));
    return told;
  }

  /** Made anew once something has changed: there may be many targets, and thousands of records. */
  private List<TargetView> targets() {
    long now = changes + records.index().changes();
    if (now != viewed) {
      views = views();
      viewed = now;
    }
    return views;
  }

  private List<TargetView> views() {
    Set<String> names = new TreeSet<>();
    for (String name : all.keySet()) {
      if (name.matches("targets/[^/]+\\.json")) {
        names.add(name.substring("targets/".length(), name.length() - ".json".length()));
      }
    }
    names.addAll(records.index().targets());
    List<TargetView> made = new ArrayList<>();
    for (String name : names) {
      made.add(new TargetView(name, settings.buckets(), this, records));
    }
    return made;
  }

  /** The text of this object; empty if there is none, or it may not be read. */
  String text(String name) {
    Text text = texts.get(name);
    return text == null ? "" : text.text();
  }

  /** The same as JSON; empty if it is none. */
  JsonObject json(String name) {
    Text text = texts.get(name);
    return text == null ? new JsonObject() : text.json();
  }

  /** What is listed, by name. */
  Map<String, Listed> all() {
    return all;
  }

  @Override
  public void fill(Wishes wishes, Map<String, JsonObject> cells) {
    targets().forEach(target -> cells.put("target/" + target.name(), target.cell()));
  }
}
