package slipway.fakes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import slipway.record.RecordJson;
import slipway.rollback.Consoles;
import slipway.rollout.TargetState;
import slipway.rollout.TargetStates;
import slipway.settings.GroupPath;

/** The states of the targets, and saved consoles. */
public final class FakePrivate implements TargetStates, Consoles.Store {
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, Long> generations = new HashMap<>();
  private final Map<String, String> consoles = new TreeMap<>();
  private final Set<String> holds = new HashSet<>();
  private Runnable beforeGoodEnd = () -> {};

  /** An operator holds the target, or lets it go. */
  public void hold(String target, boolean held) {
    if (held) {
      holds.add(target);
    } else {
      holds.remove(target);
    }
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
        new TargetState(state.schema(), state.owner(), state.good(), rest, state.blocked()),
        stored.generation());
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
  public Optional<String> hold(String target) {
    return Optional.of("gs://private/targets/" + target + ".hold")
        .filter(url -> holds.contains(target));
  }

  @Override
  public synchronized Optional<String> keepFullest(String name, String text) {
    if (text.length() > consoles.getOrDefault(name, "").length()) {
      consoles.put(name, text);
    }
    return Optional.of("gs://private/" + name).filter(url -> consoles.containsKey(name));
  }
}
