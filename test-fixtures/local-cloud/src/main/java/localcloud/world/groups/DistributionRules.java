package localcloud.world.groups;

import com.google.cloud.compute.v1.DistributionPolicy;
import com.google.cloud.compute.v1.DistributionPolicyZoneConfiguration;
import com.google.cloud.compute.v1.InstanceGroupManager;
import java.util.List;
import java.util.Set;
import localcloud.world.places.Links;
import localcloud.world.places.Places;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;

/** Over which zones a group stands: Google's discovery document, DistributionPolicy. */
public final class DistributionRules {
  /** "selects three zones": Google's documentation, "About regional MIGs". */
  private static final int USUAL = 3;

  private final Links links;
  private final Places places;

  DistributionRules(Links links, Places places) {
    this.links = links;
    this.places = places;
  }

  /** Fills in the policy of a regional group; a zonal one has none. */
  void complete(Scope home, InstanceGroupManager.Builder intent) {
    if (!home.isRegion()) {
      if (intent.hasDistributionPolicy()) {
        throw Refusals.invalid(
            "resource.distributionPolicy", "", "Only a regional group has a distribution policy.");
      }
      return;
    }
    DistributionPolicy asked = intent.getDistributionPolicy();
    String shape = asked.getTargetShape().isEmpty() ? "EVEN" : asked.getTargetShape();
    UpdatePolicyRules.expect(
        "distributionPolicy.targetShape",
        shape,
        Set.of("ANY", "ANY_SINGLE_ZONE", "BALANCED", "EVEN"));
    if (!shape.equals("EVEN")) {
      throw Refusals.notModelled("a distributionPolicy.targetShape other than EVEN");
    }
    DistributionPolicy.Builder policy = DistributionPolicy.newBuilder().setTargetShape(shape);
    for (Scope zone : zones(home, asked)) {
      policy.addZones(DistributionPolicyZoneConfiguration.newBuilder().setZone(links.to(zone)));
    }
    intent.setDistributionPolicy(policy);
  }

  private List<Scope> zones(Scope region, DistributionPolicy asked) {
    List<Scope> there = places.zonesOf(region);
    if (asked.getZonesCount() == 0) {
      return there.subList(0, Math.min(USUAL, there.size()));
    }
    List<Scope> zones =
        asked.getZonesList().stream()
            .map(zone -> Scope.zone(Links.last(zone.getZone())))
            .distinct()
            .toList();
    for (Scope zone : zones) {
      if (!there.contains(zone)) {
        throw Refusals.invalid(
            "resource.distributionPolicy.zones",
            zone.name(),
            "The zone must exist in the region " + region.name() + ".");
      }
    }
    return zones;
  }

  /** The zones of a group, as its complete intent says. */
  static List<Scope> zones(Scope home, InstanceGroupManager complete) {
    return home.isRegion()
        ? complete.getDistributionPolicy().getZonesList().stream()
            .map(zone -> Scope.zone(Links.last(zone.getZone())))
            .toList()
        : List.of(home);
  }

  /** The zones are chosen once (inferred). */
  static void checkSame(InstanceGroupManager before, InstanceGroupManager after) {
    if (!before.getDistributionPolicy().equals(after.getDistributionPolicy())) {
      throw Refusals.invalid(
          "resource.distributionPolicy.zones", "", "The zones of a group cannot be changed.");
    }
  }
}
