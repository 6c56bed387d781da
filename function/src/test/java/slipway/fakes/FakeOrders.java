package slipway.fakes;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import slipway.deployment.Orders;

/** What people ask, and the answers that they get. */
public final class FakeOrders implements Orders {
  private static final String BUCKET = "gs://private/";
  private static final String FOLDER = "orders/";
  private static final String ANSWER = ".answer";

  private final Map<String, Written> objects = new TreeMap<>();
  private final InstantSource clock;
  private long generation;
  private boolean lost;

  FakeOrders(InstantSource clock) {
    this.clock = clock;
  }

  /** An operator holds the target, or lets it go. */
  public void hold(String target, boolean held) {
    if (held) {
      put(target + "/hold", "");
    } else {
      objects.remove(FOLDER + target + "/hold");
    }
  }

  /** The same at the place of earlier versions. */
  public void holdAsBefore(String target) {
    objects.put(earlier(target), new Written("", ++generation, clock.instant()));
  }

  /** Somebody writes {@code orders/<name>}; again, and it is another order. */
  public void put(String name, String content) {
    objects.put(FOLDER + name, new Written(content, ++generation, clock.instant()));
  }

  /** The same so long ago. */
  public void putBefore(String name, String content, Duration ago) {
    objects.put(FOLDER + name, new Written(content, ++generation, clock.instant().minus(ago)));
  }

  /** The generation of {@code orders/<name>}. */
  public long generation(String name) {
    return order(FOLDER + name).orElseThrow().generation();
  }

  /** Lists of them fail from now on. */
  public void failToList() {
    lost = true;
  }

  /** Somebody deletes the answer to {@code orders/<name>}. */
  public void forgetAnswer(String name) {
    objects.remove(FOLDER + name + ANSWER);
  }

  /** Somebody deletes {@code orders/<name>}. */
  public void remove(String name) {
    objects.remove(FOLDER + name);
  }

  /** What the function answered to {@code orders/<name>}. */
  public Optional<String> answer(String name) {
    return Optional.ofNullable(objects.get(FOLDER + name + ANSWER)).map(Written::content);
  }

  @Override
  public Optional<Order> find(String target, Kind kind) {
    return order(FOLDER + target + "/" + kind);
  }

  @Override
  public Set<Kind> kinds(String target) {
    return Stream.of(Kind.values())
        .filter(kind -> objects.containsKey(FOLDER + target + "/" + kind))
        .collect(toSet());
  }

  @Override
  public Optional<String> earlierHold(String target) {
    return Optional.of(earlier(target)).filter(objects::containsKey).map(name -> BUCKET + name);
  }

  @Override
  public void moveEarlierHolds() {
    for (String name : Set.copyOf(objects.keySet())) {
      if (name.startsWith("targets/")) {
        String target = name.substring("targets/".length(), name.length() - ".hold".length());
        Written hold = Objects.requireNonNull(objects.remove(name));
        objects.putIfAbsent(FOLDER + target + "/hold", hold);
      }
    }
  }

  private static String earlier(String target) {
    return "targets/" + target + ".hold";
  }

  @Override
  public String url(String target, Kind kind) {
    return BUCKET + FOLDER + target + "/" + kind;
  }

  @Override
  public List<Order> unanswered() {
    if (lost) {
      throw new IllegalStateException("503");
    }
    List<Order> all = new ArrayList<>();
    for (String name : objects.keySet()) {
      if (name.startsWith(FOLDER) && !name.endsWith(ANSWER)) {
        Order order = order(name).orElseThrow();
        Written answer = objects.get(name + ANSWER);
        if (answer == null || answer.generation() != order.generation()) {
          all.add(order);
        }
      }
    }
    return all;
  }

  @Override
  public void answer(Order order, String answer) {
    String name = order.url().substring(BUCKET.length()) + ANSWER;
    objects.put(name, new Written(answer, order.generation(), clock.instant()));
  }

  private Optional<Order> order(String name) {
    String path = name.substring(FOLDER.length());
    int slash = path.indexOf('/');
    return Optional.ofNullable(objects.get(name))
        .map(
            found ->
                new Order(
                    slash < 0 ? "" : path.substring(0, slash),
                    path.substring(slash + 1),
                    BUCKET + name,
                    found.generation(),
                    found.timeCreated(),
                    found.content().strip()));
  }

  /** An object; of an answer, the generation of its order. */
  private record Written(String content, long generation, Instant timeCreated) {}
}
