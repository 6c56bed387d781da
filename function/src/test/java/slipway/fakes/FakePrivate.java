package slipway.fakes;

import static java.util.stream.Collectors.toSet;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import slipway.artifact.Sha256;
import slipway.prune.Takeover;
import slipway.record.OpenMarkers;
import slipway.record.RecordJson;
import slipway.rollback.Consoles;
import slipway.rollout.TargetState;
import slipway.rollout.TargetStates;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;
import slipway.upload.DeploymentId;

/** The private bucket: states of targets, saved consoles, what is open, and what was taken over. */
public final class FakePrivate
    implements TargetStates, Consoles.Store, OpenMarkers, Takeover.Cursor {
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, Long> generations = new HashMap<>();
  private final Map<String, String> consoles = new TreeMap<>();
  private final Map<String, Marker> markers = new TreeMap<>();
  private final Set<String> blocked = new HashSet<>();
  private final InstantSource clock;
  private Position position = new Position("", true, 0);
  private long writes;
  private Runnable beforeGoodEnd = () -> {};

  /** Empty, with markers written by this clock. */
  public FakePrivate(InstantSource clock) {
    this.clock = clock;
  }

  /** Which tarballs are refused, by target and digest. */
  public Set<String> blocked() {
    return Set.copyOf(blocked);
  }

  /**
   * Nothing was taken over yet of what an earlier version left, which knew no objects of its own.
   */
  public void takeOver() {
    blocked.clear();
    markers.clear();
    position = new Position("", false, 0);
  }

  /** What happens when the next good end is about to be noted. */
  public void beforeNextGoodEnd(Runnable event) {
    beforeGoodEnd = event;
  }

  /** What was saved, by name. */
  public Map<String, String> consoles() {
    return Map.copyOf(consoles);
  }

  /** Puts a target's state there that another version wrote. */
  public void put(String target, String state) {
    states.put(target, state);
    generations.put(target, 1L);
  }

  /** Somebody deletes what is remembered of a group. */
  public void forget(String target, GroupPath group) {
    Stored stored = find(target);
    Map<String, TargetState.GroupHistory> rest = new TreeMap<>(stored.state().groups());
    rest.remove(group.toString());
    TargetState state = stored.state();
    save(
        target,
        new TargetState(
            state.schema(), state.owner(), state.good(), rest, state.blocked(), state.made()),
        stored.generation());
  }

  @Override
  public void put(String deployment, String object, long generation) {
    Marker marker = new Marker(deployment, object, generation, ++writes, clock.instant());
    markers.put(deployment, marker);
  }

  @Override
  public List<Marker> all() {
    return List.copyOf(markers.values());
  }

  @Override
  public List<Marker> of(String target) {
    return markers.values().stream()
        .filter(marker -> marker.deployment().matches(DeploymentId.patternFor(target)))
        .toList();
  }

  @Override
  public void remove(String deployment) {
    markers.remove(deployment);
  }

  @Override
  public void remove(Marker marker) {
    markers.remove(marker.deployment(), marker);
  }

  @Override
  public Position find() {
    return position;
  }

  @Override
  public Optional<Position> save(Position next) {
    if (next.generation() != position.generation()) {
      return Optional.empty();
    }
    position = new Position(next.behind(), next.done(), next.generation() + 1);
    return Optional.of(position);
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(states.keySet());
  }

  @Override
  public Set<TemplatePath> borrowed(Set<String> targets) {
    return targets.stream()
        .flatMap(target -> find(target).state().borrowed(target).stream())
        .collect(toSet());
  }

  @Override
  public boolean isBlocked(String target, Sha256 digest) {
    return blocked.contains(target + digest);
  }

  @Override
  public void block(String target, Sha256 digest, boolean wanted) {
    if (wanted) {
      blocked.add(target + digest);
    } else {
      blocked.remove(target + digest);
    }
  }

  @Override
  public Stored find(String target) {
    String json = states.get(target);
    return json == null
        ? new Stored(TargetState.NEW, 0)
        : new Stored(
            RecordJson.read(json, TargetState.class), generations.getOrDefault(target, 0L));
  }

  @Override
  public Optional<Stored> save(String target, TargetState state, long generation) {
    if (state.good() != null && !state.good().equals(find(target).state().good())) {
      Runnable first = beforeGoodEnd;
      beforeGoodEnd = () -> {};
      first.run();
    }
    long present = generations.getOrDefault(target, 0L);
    if (present != generation) {
      return Optional.empty();
    }
    states.put(target, RecordJson.write(state));
    generations.put(target, present + 1);
    return Optional.of(new Stored(state, present + 1));
  }

  @Override
  public synchronized Optional<String> keepFullest(String name, String text) {
    if (text.length() > consoles.getOrDefault(name, "").length()) {
      consoles.put(name, text);
    }
    return Optional.of("gs://private/" + name).filter(url -> consoles.containsKey(name));
  }
}
