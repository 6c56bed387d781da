package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.artifact.ArtifactSource;
import slipway.fakes.FakeWorld;
import slipway.gcp.Ports;
import slipway.image.Images;
import slipway.image.ProvenStore;
import slipway.record.DeploymentRecord;
import slipway.record.Handoffs;
import slipway.record.Records;
import slipway.record.Stage;
import slipway.rollout.Groups;
import slipway.settings.Settings;
import slipway.settings.Targets;
import slipway.template.Templates;
import slipway.upload.Upload;
import tarballs.Kind;

/**
 * The call dies at each of its outside calls, before and after its effect; the event comes again.
 */
class CrashTest {
  private static final Settings SETTINGS = FakeWorld.settings(new Targets(List.of(FakeWorld.SITE)));

  @Test
  void whereverACallDiesTheNextOneFinishesTheSameDeployment() throws Exception {
    int calls = new Run(Integer.MAX_VALUE, false).toItsEnd();
    assertThat(calls).isGreaterThan(20);
    for (int at = 1; at <= calls; at++) {
      new Run(at, false).toItsEnd();
      new Run(at, true).toItsEnd();
    }
    System.out.println(2 * calls + " crashes, each at another moment, each followed by a good end");
  }

  private static final class Run {
    private final FakeWorld world = new FakeWorld();
    private final int dieAt;
    private final boolean afterEffect;
    private int calls;

    Run(int dieAt, boolean afterEffect) {
      this.dieAt = dieAt;
      this.afterEffect = afterEffect;
    }

    /** Returns the number of outside calls. */
    int toItsEnd() throws Exception {
      Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
      try {
        deployer().deploy(upload);
      } catch (Crash died) {
        world.time.sleep(Duration.ofSeconds(61));
        deployer().deploy(upload);
      }
      String where = "died " + (afterEffect ? "after" : "before") + " outside call " + dieAt;
      DeploymentRecord record = world.records.record(upload);
      assertThat(record.stage()).as(where).isEqualTo(Stage.DEPLOYED);
      assertThat(world.images.names()).as(where).containsExactly(record.id());
      assertThat(world.templates.paths())
          .as(where)
          .containsExactly(FakeWorld.FIRST, record.groups().get(0).newTemplate());
      assertThat(world.group.patches()).as(where).hasSize(1);
      assertThat(world.group.templates())
          .as(where)
          .containsOnly(record.groups().get(0).newTemplate());
      assertThat(record.groups().get(0).previousTemplate()).as(where).isEqualTo(FakeWorld.FIRST);
      assertThat(world.buckets.copies()).as(where).isEmpty();
      assertThat(world.images.active("site")).as(where).hasSize(1);
      return calls;
    }

    private Deployer deployer() {
      Ports ports =
          new Ports(
              dying(ArtifactSource.class, world.buckets),
              dying(ProvenStore.class, world.buckets),
              dying(Records.class, world.records),
              dying(Handoffs.class, world.handoffs),
              dying(Images.class, world.images),
              dying(Templates.class, world.templates),
              dying(Groups.class, world.group));
      return new Deployer(
          Wiring.stages(ports, SETTINGS), SETTINGS, world.desk(ports), world.call(SETTINGS.call()));
    }

    private <T> T dying(Class<T> port, T fake) {
      Object proxy =
          Proxy.newProxyInstance(
              port.getClassLoader(),
              new Class<?>[] {port},
              (self, method, arguments) -> {
                boolean last = ++calls == dieAt;
                if (last && !afterEffect) {
                  throw new Crash();
                }
                try {
                  Object answer = method.invoke(fake, arguments);
                  if (last) {
                    throw new Crash();
                  }
                  return answer;
                } catch (InvocationTargetException failed) {
                  throw failed.getCause();
                }
              });
      return port.cast(proxy);
    }
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }
}
