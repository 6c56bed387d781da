package slipway.rollback;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import slipway.rollout.Groups;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Health;
import slipway.rollout.Rollout;
import slipway.upload.DeploymentId;

/**
 * Keeps what failing instances said on their serial ports, before they are gone: as well as it can
 * be done in ten seconds, and never in the way of going back.
 */
public final class Consoles {
  private static final int MOST = 3;
  private static final long SECONDS = 10;

  private final Groups groups;
  private final Store store;
  private Set<String> ill = Set.of();

  public Consoles(Groups groups, Store store) {
    this.groups = groups;
    this.store = store;
  }

  /** The private bucket: consoles may hold secrets. */
  public interface Store {
    /**
     * Writes an object, unless one of this name has as many bytes already.
     *
     * @return the URL of what is there now, {@code gs://<bucket>/<name>}; empty if that is nothing
     */
    Optional<String> keepFullest(String name, String text);
  }

  /**
   * Keeps the consoles of instances that are ill, at most three a deployment. To be called from the
   * first look on at which one is ill: an instance that is made anew under its name begins with an
   * empty console, and of an instance's consoles the fullest is kept.
   *
   * @param kept where consoles of this deployment are kept already, as this method returned it
   * @param ill the instances of the new version that are ill at this look
   * @return where consoles are kept now, those of before first; empty if no instance said anything
   */
  public List<String> keep(DeploymentId id, List<String> kept, List<Instance> ill)
      throws IOException {
    Set<String> all = new LinkedHashSet<>(kept);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Callable<Optional<String>>> tasks = new ArrayList<>();
      int room = MOST - all.size();
      for (Instance one : ill) {
        String name = "consoles/" + id + "/" + one.name() + ".txt";
        boolean again = all.stream().anyMatch(url -> url.endsWith("/" + name));
        if (again || room-- > 0) {
          tasks.add(() -> store.keepFullest(name, groups.console(one)));
        }
      }
      for (Future<Optional<String>> one : threads.invokeAll(tasks, SECONDS, TimeUnit.SECONDS)) {
        addIfKept(one, all);
      }
      return List.copyOf(all);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while saving consoles");
    } finally {
      threads.shutdownNow();
    }
  }

  private static void addIfKept(Future<Optional<String>> one, Set<String> kept)
      throws InterruptedException {
    try {
      one.get().ifPresent(kept::add);
    } catch (ExecutionException | CancellationException bestEffort) {
      // One console less; going back does not wait for it.
    }
  }

  private List<Instance> instances(Rollout rollout) {
    try {
      return groups.instances(rollout.group());
    } catch (RuntimeException bestEffort) {
      return List.of();
    }
  }

  /** Those that are ill now and were not at the look before: they are about to be made anew. */
  public List<Instance> newlyIll(List<Instance> now) {
    Set<String> before = ill;
    ill = now.stream().map(Instance::name).collect(toSet());
    return now.stream().filter(one -> !before.contains(one.name())).toList();
  }

  /** The instances of the new version that are not well now; none if they cannot be listed. */
  public List<Instance> failing(Rollout rollout) {
    return instances(rollout).stream()
        .filter(one -> one.template().equals(rollout.template()))
        .filter(one -> !one.settled() || one.health() != Health.HEALTHY)
        .toList();
  }
}
