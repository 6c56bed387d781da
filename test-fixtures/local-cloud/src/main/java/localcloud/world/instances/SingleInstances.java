package localcloud.world.instances;

import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Operation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import localcloud.world.images.Images;
import localcloud.world.operations.Change;
import localcloud.world.operations.Effect;
import localcloud.world.operations.Estate;
import localcloud.world.places.Scope;
import localcloud.world.refusals.ApiException;
import localcloud.world.refusals.OperationFailed;
import localcloud.world.refusals.Refusals;

/**
 * Instances that no group has made, or that one has let go: nobody repairs them. What is done to an
 * instance by itself is done here, also if it is a group's.
 */
public final class SingleInstances {
  private final Estate estate;
  private final Images images;
  private final Machines machines;
  private final BiConsumer<Scope, Disk> kept;
  private final Map<String, Vm> all = new LinkedHashMap<>();

  /**
   * None yet.
   *
   * @param kept is told of each disk that stays when its instance goes
   */
  public SingleInstances(
      Estate estate, Images images, Machines machines, BiConsumer<Scope, Disk> kept) {
    this.kept = kept;
    this.estate = estate;
    this.images = images;
    this.machines = machines;
  }

  /** Those that are there. */
  public Stream<Vm> all() {
    return all.values().stream();
  }

  /** Takes one that its group has let go, as it stands. */
  public void adopt(Vm vm) {
    all.put(vm.resource().getSelfLink(), vm);
    watch(vm);
  }

  /**
   * Makes one, which runs when the operation is DONE.
   *
   * @throws localcloud.world.refusals.ApiException 400 if its image is not there
   */
  public Operation insert(Scope zone, Instance asked) {
    String link = estate.links().to(zone, "instances", asked.getName());
    AttachedDiskInitializeParams boot = boot(asked);
    Instance form = InstanceForm.single(estate.newborn(link), zone, asked);
    Vm vm = new Vm(checked(form, boot), boot.getSourceImage());
    return estate.begin(
        change(zone, "insert", vm),
        estate.pace().machineStart(),
        new Effect(
            () -> all.put(link, vm),
            () -> {
              try {
                run(vm, images.disk(boot));
              } catch (OperationFailed refused) {
                all.remove(link);
                throw refused;
              }
            },
            () -> all.remove(link)));
  }

  private static AttachedDiskInitializeParams boot(Instance asked) {
    return asked.getDisksList().stream()
        .filter(AttachedDisk::getBoot)
        .findFirst()
        .orElseThrow()
        .getInitializeParams();
  }

  /**
   * The first sentence is one that many scripts quote; at Google it is told before the operation.
   */
  private Instance checked(Instance form, AttachedDiskInitializeParams boot) {
    Image image;
    try {
      image = images.booted(boot);
    } catch (OperationFailed absent) {
      throw Refusals.invalid(
          "resource.disks[0].initializeParams.sourceImage",
          boot.getSourceImage(),
          "The referenced image resource cannot be found.");
    }
    try {
      return Board.checked(form, image);
    } catch (OperationFailed unfit) {
      throw new ApiException(400, "invalid", unfit.error().getMessage());
    }
  }

  private void run(Vm vm, Path disk) {
    Board board = Board.of(vm.resource());
    Machines.Spec spec =
        new Machines.Spec(vm.resource().getName(), disk, board, estate.schedule().now(), "");
    vm.runs(machines.start(spec), estate.schedule().now(), disk);
    watch(vm);
  }

  /** One that ends by itself is TERMINATED, and stays so. */
  private void watch(Vm vm) {
    estate
        .schedule()
        .in(
            estate.pace().watch(),
            () -> {
              boolean ended =
                  vm.machine().map(one -> !one.running(estate.schedule().now())).orElse(true);
              if (vm.is("RUNNING") && ended) {
                vm.stops("TERMINATED");
              } else if (vm.is("RUNNING")) {
                watch(vm);
              }
            });
  }

  /** TERMINATED when the operation is DONE; one that is so already stays as it is. */
  public Operation stop(Scope zone, Vm vm) {
    return lead(change(zone, "stop", vm), vm, "STOPPING", one -> one.stops("TERMINATED"));
  }

  /** SUSPENDED when the operation is DONE; one that does not run is refused. */
  public Operation suspend(Scope zone, Vm vm) {
    expect(vm, "RUNNING");
    return lead(change(zone, "suspend", vm), vm, "SUSPENDING", one -> one.stops("SUSPENDED"));
  }

  /**
   * RUNNING when the operation is DONE; one that is not suspended is refused. Its machine boots.
   */
  public Operation resume(Scope zone, Vm vm) {
    expect(vm, "SUSPENDED");
    Consumer<Vm> end = one -> run(one, one.disk().orElseThrow());
    return lead(change(zone, "resume", vm), vm, "STAGING", end);
  }

  /** The sentence is inferred. */
  private static void expect(Vm vm, String status) {
    if (!vm.is(status)) {
      throw Refusals.invalid(
          "instance",
          vm.resource().getName(),
          "The instance is " + vm.resource().getStatus() + ", and must be " + status + ".");
    }
  }

  /** RUNNING when the operation is DONE; one that runs goes on. */
  public Operation start(Scope zone, Vm vm) {
    if (vm.is("SUSPENDED")) {
      expect(vm, "TERMINATED");
    }
    Consumer<Vm> end = one -> run(one, one.disk().orElseThrow());
    return vm.is("TERMINATED")
        ? lead(change(zone, "start", vm), vm, "STAGING", end)
        : lead(change(zone, "start", vm), vm, vm.resource().getStatus(), one -> {});
  }

  /** Switches it off and on again. */
  public Operation reset(Scope zone, Vm vm) {
    return lead(
        change(zone, "reset", vm),
        vm,
        vm.resource().getStatus(),
        one -> {
          one.stops("RUNNING");
          run(one, one.disk().orElseThrow());
        });
  }

  /**
   * Gone when the operation is DONE, with those of its disks that are deleted along; a group makes
   * its own anew, under the same name.
   */
  public Operation delete(Scope zone, Vm vm) {
    return lead(
        change(zone, "delete", vm),
        vm,
        "STOPPING",
        one -> {
          one.stops("TERMINATED");
          if (all.remove(one.resource().getSelfLink()) != null) {
            KeptDisks.of(one).forEach(disk -> kept.accept(zone, disk));
          }
        });
  }

  private Operation lead(Change change, Vm vm, String meanwhile, Consumer<Vm> end) {
    String before = vm.resource().getStatus();
    return estate.begin(
        change,
        Set.of("start", "resume").contains(change.type())
            ? estate.pace().machineStart()
            : estate.pace().machineStop(),
        new Effect(() -> vm.becomes(meanwhile), () -> end.accept(vm), () -> vm.becomes(before)));
  }

  private static Change change(Scope zone, String type, Vm vm) {
    return new Change(zone, type, vm.resource().getSelfLink(), vm.resource().getId());
  }
}
