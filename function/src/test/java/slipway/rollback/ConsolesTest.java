package slipway.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakePrivate;
import slipway.fault.OperationFailed;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Health;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;
import slipway.upload.DeploymentId;

/** What is left of the consoles of instances that are made anew while one looks. */
class ConsolesTest {
  private static final DeploymentId ID = new DeploymentId("site-20261130-120000-4f2a9c");
  private static final String AT = "gs://private/consoles/" + ID + "/";

  private final SerialPorts ports = new SerialPorts();
  private final FakePrivate bucket = new FakePrivate(() -> Instant.EPOCH);
  private final Consoles consoles = new Consoles(ports, bucket);

  @Test
  void theFullestConsoleOfAnInstanceWins() throws Exception {
    List<String> kept = look(List.of(), "a says: crashed, at length");
    ports.say("a", "");
    kept = consoles.keep(ID, kept, ill("a"));
    ports.say("a", "anew");
    kept = consoles.keep(ID, kept, ill("a"));

    assertThat(kept).containsExactly(AT + "a.txt");
    assertThat(bucket.consoles().values()).containsExactly("crashed, at length");
    ports.say("a", "crashed, at length, and again");
    consoles.keep(ID, kept, ill("a"));
    assertThat(bucket.consoles().values()).containsExactly("crashed, at length, and again");
  }

  @Test
  void whatSaidNothingIsNotKept() throws Exception {
    assertThat(look(List.of(), "a says: ", "b says: ")).isEmpty();
    assertThat(bucket.consoles()).isEmpty();
  }

  @Test
  void atMostThreeOfADeploymentAndTheFirstStay() throws Exception {
    List<String> kept = look(List.of(), "a says: one", "b says: two");
    kept = look(kept, "c says: three", "d says: four", "a says: one and more");

    assertThat(kept).containsExactly(AT + "a.txt", AT + "b.txt", AT + "c.txt");
    assertThat(bucket.consoles()).hasSize(3).containsValue("one and more");
  }

  /** A call that ended between bucket and record is followed by one that knows of nothing. */
  @Test
  void whatAnotherCallKeptIsFound() throws Exception {
    look(List.of(), "a says: crashed");

    assertThat(look(List.of(), "a says: anew")).containsExactly(AT + "a.txt");
    assertThat(bucket.consoles().values()).containsExactly("crashed");
  }

  @Test
  void oneThatCannotBeReadIsNoneAndStopsNoOther() throws Exception {
    ports.say("b", "two");

    assertThat(consoles.keep(ID, List.of(), ill("a", "b"))).containsExactly(AT + "b.txt");
  }

  private List<String> look(List<String> kept, String... said) throws Exception {
    String[] names =
        Stream.of(said)
            .map(one -> one.split(" says: ", 2))
            .peek(one -> ports.say(one[0], one[1]))
            .map(one -> one[0])
            .toArray(String[]::new);
    return consoles.keep(ID, kept, ill(names));
  }

  private static List<Instance> ill(String... names) {
    return Stream.of(names)
        .map(
            name ->
                new Instance(
                    "projects/p/zones/z/instances/" + name,
                    "1",
                    new TemplatePath("projects/p/global/instanceTemplates/t"),
                    Instance.Status.RUNNING,
                    Instance.Action.NONE,
                    Health.UNHEALTHY,
                    null))
        .toList();
  }

  /** Instances of which nothing but the serial port is asked. */
  private static final class SerialPorts implements Groups {
    private final Map<String, String> said = new HashMap<>();

    void say(String instance, String text) {
      said.put(instance, text);
    }

    @Override
    public String console(Instance instance) throws OperationFailed {
      if (!said.containsKey(instance.name())) {
        throw new OperationFailed(
            "notFound", "the serial port of " + instance.name() + " cannot be read");
      }
      return said.get(instance.name());
    }

    @Override
    public Optional<Group> find(GroupPath path) {
      throw new AssertionError("a console needs no group");
    }

    @Override
    public List<Instance> instances(GroupPath path) {
      throw new AssertionError("the caller gives the instances");
    }

    @Override
    public Optional<String> architecture(Group group, String machineType) {
      throw new AssertionError("a console needs no machine type");
    }

    @Override
    public Ended ended(Instance instance, Instant after) {
      throw new AssertionError("a console needs no end");
    }

    @Override
    public boolean patch(Intent intent) {
      throw new AssertionError("a console changes nothing");
    }
  }
}
