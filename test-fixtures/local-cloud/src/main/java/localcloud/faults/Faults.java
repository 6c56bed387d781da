package localcloud.faults;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Machines;
import localcloud.world.operations.Obstacles;
import localcloud.world.places.Scope;
import localcloud.world.refusals.OperationFailed;

/**
 * Everything that goes wrong by order: rules, each for a place, with when and what. Whoever does
 * something asks here first; the first rule that is due wins, and all rules that match have counted
 * it. Safe for several threads.
 *
 * <p>A run with the same seed and the same calls repeats exactly. Each decision follows from the
 * seed, the rule, the identity of what is asked about and how often the rule has seen that identity
 * (see {@link Dice}); so calls of another kind in between change nothing, and of calls of one kind
 * at the same moment only their order counts. The identity of a call is its method and caller: a
 * resource's name may hold a generation, which is another in every run. That of an operation is its
 * method, of a creation its group, of an event its object, of a machine its name.
 */
public final class Faults implements Obstacles {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final String project;
  private FaultPlan plan = FaultPlan.none();
  private Dice dice = new Dice(0);
  private CountDownLatch letGo = new CountDownLatch(1);
  private int held;

  /**
   * Begins without any.
   *
   * @param project the only one there is; error texts name it
   */
  public Faults(String project) {
    this.project = project;
  }

  /**
   * Replaces all rules; their counts begin anew.
   *
   * @throws BadFaults if the JSON says what cannot be: then the old ones stay
   */
  public void replace(String json) throws BadFaults {
    become(FaultPlan.parse(json));
  }

  /** Removes all rules. */
  public void clear() {
    become(FaultPlan.none());
  }

  private synchronized void become(FaultPlan wanted) {
    plan = wanted;
    dice = new Dice(wanted.seed());
    letGo.countDown();
    letGo = new CountDownLatch(1);
  }

  /**
   * A call that a rule strikes.
   *
   * @param letGo opens when the rules of that moment are replaced or cleared
   */
  public record Struck(Fault.OfCall fault, CountDownLatch letGo) {}

  /**
   * Holds the calling thread until the rules that struck it are replaced or cleared, which they may
   * be already: the moment to kill or to stop the caller's process at a boundary of one of its
   * calls.
   */
  public void hold(Struck struck) throws InterruptedException {
    held(1);
    try {
      struck.letGo().await();
    } finally {
      held(-1);
    }
  }

  private synchronized void held(int more) {
    held += more;
  }

  /**
   * The rules as JSON: each with its name, how many it matched and struck, and the last struck; and
   * how many calls are held at this moment.
   */
  public synchronized String report() {
    JsonArray rules = new JsonArray();
    for (Rule rule : plan.rules()) {
      JsonObject one = new JsonObject();
      one.addProperty("name", rule.terms().name());
      one.addProperty("on", rule.terms().place().word());
      rule.terms().patterns().forEach((fact, glob) -> one.addProperty(fact, glob.text()));
      one.addProperty("matched", rule.matched());
      one.addProperty("struck", rule.struck());
      JsonArray latest = new JsonArray();
      rule.latest().forEach(latest::add);
      one.add("latest", latest);
      rules.add(one);
    }
    JsonObject all = new JsonObject();
    all.addProperty("seed", plan.seed());
    all.addProperty("held", held);
    all.add("rules", rules);
    return JSON.toJson(all);
  }

  /** What befalls this call, if anything. */
  public Optional<Struck> call(Call call) {
    if (isCalm()) {
      return Optional.empty();
    }
    return strike(call);
  }

  /** With the latch of the rules that struck: in between they may be cleared. */
  private synchronized Optional<Struck> strike(Call call) {
    String method = call.method();
    return strike(
            Rule.Subject.of(
                Place.CALL, method + " " + call.caller(), method, call.resource(), call.caller()))
        .map(rule -> new Struck((Fault.OfCall) rule.terms().fault(), letGo));
  }

  @Override
  public Detour operation(String method, Scope scope, String target) {
    Optional<Fault.OfOperation> fault =
        strike(Rule.Subject.of(Place.OPERATION, method, method, target))
            .map(rule -> (Fault.OfOperation) rule.terms().fault());
    return new Detour(
        fault.flatMap(Fault.OfOperation::takes),
        fault.flatMap(Fault.OfOperation::failure).map(new Wording(project, scope)::of));
  }

  @Override
  public Optional<OperationFailed> creation(Attempt attempt) {
    return strike(
            Rule.Subject.of(
                Place.CREATION,
                attempt.group(),
                attempt.instance(),
                attempt.zone().name(),
                attempt.group(),
                attempt.template()))
        .map(rule -> (Fault.OfCreation) rule.terms().fault())
        .map(fault -> new Wording(project, attempt.zone()).of(fault.failure()));
  }

  /**
   * When each delivery of a new event begins, counted from now in cloud time: one, at once, unless
   * a rule says otherwise.
   */
  public synchronized List<Duration> departures(String object) {
    Optional<Rule> rule = strike(Rule.Subject.of(Place.EVENT, object, object));
    if (rule.isEmpty()) {
      return List.of(Duration.ZERO);
    }
    Fault.OfEvent fault = (Fault.OfEvent) rule.get().terms().fault();
    List<Duration> all = new ArrayList<>(Collections.nCopies(fault.inTime(), Duration.ZERO));
    for (int i = 0; i < fault.afterwards(); i++) {
      String question = rule.get().terms().name() + " late " + i;
      all.add(fault.late().at(dice.draw(question, object, rule.get().asked(object))));
    }
    return all;
  }

  /** Whether the function can be reached for this delivery of the object's event. */
  public boolean reaches(String object) {
    return strike(Rule.Subject.of(Place.DELIVERY, object, object)).isEmpty();
  }

  /** The same machines, some of them worse than they are. */
  public Machines around(Machines real) {
    return spec -> {
      Machine machine = real.start(spec);
      return strike(Rule.Subject.of(Place.MACHINE, spec.name(), spec.name(), spec.template()))
          .<Machine>map(rule -> worse(machine, rule, spec))
          .orElse(machine);
    };
  }

  private synchronized Machine worse(Machine real, Rule rule, Machines.Spec spec) {
    Fault.OfMachine fault = (Fault.OfMachine) rule.terms().fault();
    String question = rule.terms().name() + " end";
    double drawn = dice.draw(question, spec.name(), rule.asked(spec.name()));
    Optional<Instant> end = fault.ends().map(ends -> spec.start().plus(ends.at(drawn)));
    return new FaultyMachine(real, fault, spec.start(), end);
  }

  private synchronized boolean isCalm() {
    return plan.rules().isEmpty();
  }

  private synchronized Optional<Rule> strike(Rule.Subject subject) {
    Optional<Rule> first = Optional.empty();
    for (Rule rule : plan.rules()) {
      if (rule.isDue(subject, dice) && first.isEmpty()) {
        rule.strikes(subject);
        first = Optional.of(rule);
      }
    }
    return first;
  }
}
