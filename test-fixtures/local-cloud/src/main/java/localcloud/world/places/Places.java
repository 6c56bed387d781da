package localcloud.world.places;

import com.google.cloud.compute.v1.MachineType;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.NetworkRoutingConfig;
import com.google.cloud.compute.v1.Region;
import com.google.cloud.compute.v1.Zone;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import localcloud.world.refusals.Refusals;

/** The zones and regions there are: two regions of the real ones are enough to choose wrongly. */
public final class Places {
  /** When Google says that its own things were made. */
  public static final String SINCE = "1969-12-31T16:00:00.000-08:00";

  private static final Map<String, List<String>> REGIONS =
      new TreeMap<>(
          Map.of(
              "us-central1", List.of("a", "b", "c", "f"),
              "us-west1", List.of("a", "b", "c")));
  private static final String ARM64 = "ARM64";

  /** By series: those with Ampere's Altra and with Axion (Google's page "Arm on Compute"). */
  private static final Set<String> ARM = Set.of("c4a", "n4a", "t2a");

  /** vCPUs, and MiB of memory. */
  private static final Map<String, int[]> TYPES =
      new TreeMap<>(
          Map.of(
              "c3-standard-4", new int[] {4, 16384},
              "c4a-standard-1", new int[] {1, 4096},
              "e2-micro", new int[] {2, 1024},
              "e2-small", new int[] {2, 2048},
              "f1-micro", new int[] {1, 614},
              "g1-small", new int[] {1, 1740},
              "n1-standard-1", new int[] {1, 3840},
              "t2a-standard-1", new int[] {1, 4096}));

  private final Links links;

  public Places(Links links) {
    this.links = links;
  }

  /** Refuses a request for something in a zone that does not exist. */
  public void checkZone(String name) {
    if (zones().stream().noneMatch(zone -> zone.getName().equals(name))) {
      throw Refusals.unknownPlace("zone", name);
    }
  }

  /** Refuses a request for something in a region that does not exist. */
  public void checkRegion(String name) {
    if (!REGIONS.containsKey(name)) {
      throw Refusals.unknownPlace("region", name);
    }
  }

  /** The zones of a region by name. */
  public List<Scope> zonesOf(Scope region) {
    return REGIONS.getOrDefault(region.name(), List.of()).stream()
        .map(letter -> Scope.zone(region.name() + "-" + letter))
        .toList();
  }

  /** All zones by name. */
  public List<Zone> zones() {
    return REGIONS.entrySet().stream()
        .flatMap(region -> region.getValue().stream().map(letter -> zone(region.getKey(), letter)))
        .sorted(Comparator.comparing(Zone::getName))
        .toList();
  }

  /** The zone of this name. */
  public Zone zoneResource(String name) {
    return zones().stream()
        .filter(zone -> zone.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusals.notFound("projects/" + links.project() + "/zones/" + name));
  }

  /** All regions by name. */
  public List<Region> regions() {
    return REGIONS.keySet().stream().map(this::newRegion).toList();
  }

  /** The region of this name. */
  public Region regionResource(String name) {
    if (!REGIONS.containsKey(name)) {
      throw Refusals.notFound("projects/" + links.project() + "/regions/" + name);
    }
    return newRegion(name);
  }

  /** The machine type of this name. */
  public MachineType machineType(Scope zone, String name) {
    int[] size = TYPES.get(name);
    if (size == null) {
      throw Refusals.notFound(links.path(zone, "machineTypes", name));
    }
    return MachineType.newBuilder()
        .setKind("compute#machineType")
        .setId(number(name))
        .setName(name)
        .setCreationTimestamp(SINCE)
        .setDescription(size[0] + " vCPU, " + size[1] + " MB RAM")
        .setGuestCpus(size[0])
        .setMemoryMb(size[1])
        .setArchitecture(architecture(name))
        .setZone(zone.name())
        .setSelfLink(links.to(zone, "machineTypes", name))
        .build();
  }

  /** How many vCPUs a machine of this type has; 1 if the type is not known here. */
  public static int vcpus(String machineType) {
    return TYPES.getOrDefault(machineType, new int[] {1})[0];
  }

  /** {@code X86_64} or {@code ARM64}, as the name of a machine type's series tells. */
  public static String architecture(String machineType) {
    return ARM.contains(machineType.replaceFirst("-.*", "")) ? ARM64 : "X86_64";
  }

  /** How much memory this machine type has, in MiB; 1024 for one that is not known here. */
  public static int memoryMib(String machineType) {
    int[] size = TYPES.get(Links.last(machineType));
    return size == null ? 1024 : size[1];
  }

  /** The machine types there are. */
  public List<MachineType> machineTypes(Scope zone) {
    return TYPES.keySet().stream().map(name -> machineType(zone, name)).toList();
  }

  /** The one network there is, in auto mode as every new project has it. */
  public Network network(String name) {
    if (!name.equals("default")) {
      throw Refusals.notFound(links.path(Scope.GLOBAL, "networks", name));
    }
    return Network.newBuilder()
        .setKind("compute#network")
        .setId(number(name))
        .setName(name)
        .setDescription("Default network for the project")
        .setCreationTimestamp(SINCE)
        .setAutoCreateSubnetworks(true)
        .setRoutingConfig(NetworkRoutingConfig.newBuilder().setRoutingMode("REGIONAL"))
        .setSelfLink(links.to(Scope.GLOBAL, "networks", name))
        .build();
  }

  private Zone zone(String region, String letter) {
    String name = region + "-" + letter;
    return Zone.newBuilder()
        .setKind("compute#zone")
        .setId(number(name))
        .setName(name)
        .setDescription(name)
        .setCreationTimestamp(SINCE)
        .setStatus("UP")
        .setRegion(links.to(Scope.region(region)))
        .setSelfLink(links.to(Scope.zone(name)))
        .build();
  }

  private Region newRegion(String name) {
    Region.Builder region =
        Region.newBuilder()
            .setKind("compute#region")
            .setId(number(name))
            .setName(name)
            .setDescription(name)
            .setCreationTimestamp(SINCE)
            .setStatus("UP")
            .setSelfLink(links.to(Scope.region(name)));
    REGIONS
        .getOrDefault(name, List.of())
        .forEach(letter -> region.addZones(links.to(Scope.zone(name + "-" + letter))));
    return region.build();
  }

  private static long number(String name) {
    return 1000 + Math.floorMod((long) name.hashCode(), 9000L);
  }
}
