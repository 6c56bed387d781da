package page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import page.Api.Answer;
import page.Api.Question;

/**
 * The deployments' records, each a cell under its object's name, {@code
 * deployments/<object>/<generation>.json}: those that moved last, all that are open, and what other
 * cells tell of. All are listed; read whole are those that are open, the latest, and what is needed
 * otherwise, and none twice. And {@code history/<target>} of each that is opened.
 */
final class Records implements Source {
  /** So many of those that moved last are shown. */
  static final int SHOWN = 200;

  /** Are read at once. */
  private static final int AT_ONCE = 40;

  private final Settings settings;
  private final RecordIndex index = new RecordIndex();
  private String page = "";
  private boolean listed;
  private Supplier<Set<String>> marked = Set::of;
  private Supplier<Set<String>> told = Set::of;
  private final Map<String, Long> tried = new HashMap<>();
  private final Set<String> rechecked = new LinkedHashSet<>();
  private List<String> reading = List.of();
  private boolean turnOfOne;

  Records(Settings settings) {
    this.settings = settings;
  }

  /**
   * Takes who knows more.
   *
   * @param open names of records that are open by their markers
   * @param others names of those that other cells tell of
   */
  void learn(Supplier<Set<String>> open, Supplier<Set<String>> others) {
    marked = open;
    told = others;
  }

  RecordIndex index() {
    return index;
  }

  @Override
  public String name() {
    return "records";
  }

  @Override
  public void begin() {
    listed = false;
    page = "";
    index.begin();
    tried.clear();
  }

  @Override
  public boolean wants(Wishes wishes) {
    return !listed || !unread(wishes).isEmpty();
  }

  /**
   * Where one call is allowed, every other one reads: what was found new, or what is under way and
   * was not read for longest, whose changes a long list tells late.
   */
  @Override
  public List<Question> ask(Wishes wishes, int most) {
    List<String> names = unread(wishes);
    turnOfOne = !turnOfOne;
    if (most == 1 && turnOfOne && names.isEmpty()) {
      names = longestUnread();
    }
    boolean both = most > 1;
    boolean lists = !listed && (names.isEmpty() || both || !turnOfOne);
    reading =
        lists && !both
            ? List.of()
            : names.subList(0, Math.min(names.size(), Math.min(most, AT_ONCE)));
    List<Question> questions = new ArrayList<>();
    reading.forEach(name -> questions.add(question(name)));
    if (lists) {
      questions.add(list());
    }
    return questions;
  }

  @Override
  public void take(List<Answer> answers) throws Trouble {
    for (int i = 0; i < reading.size(); i++) {
      String name = reading.get(i);
      RecordEntry entry = entry(name);
      tried.put(name, entry.generation());
      switch (answers.get(i).status()) {
        case 200 -> index.read(entry.read(answers.get(i)));
        case 404 -> index.remove(name);
        default -> {} // As it was.
      }
      rechecked.remove(name);
      rechecked.add(name);
    }
    if (answers.size() > reading.size()) {
      takeList(answers.get(reading.size()).json());
    }
  }

  private Question list() {
    String url =
        bucket()
            + "?prefix=deployments/&maxResults=1000"
            + "&fields=items(name,generation,metadata),nextPageToken"
            + (page.isEmpty() ? "" : "&pageToken=" + Api.encoded(page));
    return Question.get(url, "storage.objects.list");
  }

  private void takeList(JsonObject answer) {
    for (JsonElement item : Json.array(answer, "items")) {
      index.list(RecordEntry.listed(item.getAsJsonObject()));
    }
    page = Json.text(answer, "nextPageToken");
    if (page.isEmpty()) {
      index.end(marked.get());
      listed = true;
    }
  }

  private RecordEntry entry(String name) {
    RecordEntry known = index.get(name);
    return known == null ? RecordEntry.expected(name) : known;
  }

  private Question question(String name) {
    RecordEntry known = entry(name);
    String unchanged = known.isRead() ? "&ifGenerationNotMatch=" + known.readGeneration() : "";
    return Question.get(
        bucket() + "/" + Api.encoded(name) + "?alt=media" + unchanged, "storage.objects.get");
  }

  private String bucket() {
    return settings.endpoints().storage() + "/b/" + settings.buckets().records() + "/o";
  }

  /** What is to be read whole and is not, as it is now; the most urgent first. */
  private List<String> unread(Wishes wishes) {
    Set<String> wanted = new LinkedHashSet<>(open());
    wanted.addAll(told.get());
    index.latest().stream().limit(settings.readWhole()).forEach(one -> wanted.add(one.name()));
    index.latest().stream().filter(one -> !one.isTold()).forEach(one -> wanted.add(one.name()));
    for (String target : wishes.histories()) {
      wanted.addAll(new History(index.of(target)).needed());
    }
    return wanted.stream().filter(this::isUnread).toList();
  }

  /** What was tried in this round is not tried again, unless it was written since. */
  private boolean isUnread(String name) {
    RecordEntry entry = entry(name);
    return !entry.isUpToDate() && tried.getOrDefault(name, -1L) != entry.generation();
  }

  private List<String> longestUnread() {
    Set<String> open = open();
    rechecked.retainAll(open);
    return Stream.concat(
            open.stream().filter(name -> !rechecked.contains(name)), rechecked.stream())
        .limit(1)
        .toList();
  }

  /** Names of what is under way. */
  Set<String> open() {
    Set<String> open = new LinkedHashSet<>(marked.get());
    index.open().forEach(entry -> open.add(entry.name()));
    return open;
  }

  /** Paths of the groups of what is under way. */
  Set<String> openGroups() {
    Set<String> groups = new HashSet<>();
    open().forEach(name -> groups.addAll(entry(name).groups()));
    return groups;
  }

  @Override
  public void fill(Wishes wishes, Map<String, JsonObject> cells) {
    Set<String> shown = new LinkedHashSet<>(open());
    index.latest().forEach(entry -> shown.add(entry.name()));
    shown.addAll(told.get());
    for (String target : wishes.histories()) {
      History history = new History(index.of(target));
      shown.addAll(history.needed());
      cells.put("history/" + target, history.cell());
    }
    for (String name : shown) {
      RecordEntry entry = index.get(name);
      if (entry != null) {
        cells.put(name, entry.cell());
      }
    }
  }
}
