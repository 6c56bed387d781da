package slipway.rollback;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
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
 * Saves what failing instances said on their serial ports, before they are gone: as well as it can
 * be done in ten seconds, and never in the way of going back.
 */
public final class Consoles {
  private static final int MOST = 3;
  private static final long SECONDS = 10;

  private final Groups groups;
  private final Store store;

  public Consoles(Groups groups, Store store) {
    this.groups = groups;
    this.store = store;
  }

  /** The private bucket: consoles may hold secrets. */
  public interface Store {
    /**
     * Writes an object.
     *
     * @return its URL, {@code gs://<bucket>/<name>}
     */
    String save(String name, String text);
  }

  /** Saves at most three; returns where they are. */
  public List<String> save(DeploymentId id, Rollout rollout) throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Callable<String>> tasks = new ArrayList<>();
      for (Instance failing : failing(rollout)) {
        String name = "consoles/" + id + "/" + failing.name() + ".txt";
        tasks.add(() -> store.save(name, groups.console(failing)));
      }
      List<String> saved = new ArrayList<>();
      for (Future<String> one : threads.invokeAll(tasks, SECONDS, TimeUnit.SECONDS)) {
        addIfSaved(one, saved);
      }
      return saved;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while saving consoles");
    } finally {
      threads.shutdownNow();
    }
  }

  private static void addIfSaved(Future<String> one, List<String> saved)
      throws InterruptedException {
    try {
      saved.add(one.get());
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

  private List<Instance> failing(Rollout rollout) {
    return instances(rollout).stream()
        .filter(one -> one.template().equals(rollout.template()))
        .filter(one -> !one.settled() || one.health() != Health.HEALTHY)
        .limit(MOST)
        .toList();
  }
}
