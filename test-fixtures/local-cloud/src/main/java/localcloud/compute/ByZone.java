package localcloud.compute;

import com.google.cloud.compute.v1.Zone;
import java.util.List;
import java.util.function.Function;
import localcloud.world.World;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;

/** What aggregated lists of zonal resources have in common. */
final class ByZone {
  private ByZone() {}

  static <T> List<T> all(World world, Function<Scope, List<T>> ofZone) {
    return world.places().zones().stream()
        .map(Zone::getName)
        .flatMap(zone -> ofZone.apply(Scope.zone(zone)).stream())
        .toList();
  }

  /** Places for resources that give their zone as a link. */
  static <T> Lists.Places<T> places(World world, Function<T, String> zoneLink) {
    List<String> scopes =
        world.places().zones().stream().map(zone -> "zones/" + zone.getName()).toList();
    return new Lists.Places<>(scopes, one -> "zones/" + Links.last(zoneLink.apply(one)));
  }
}
