package localcloud.compute;

import com.google.protobuf.Message;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import localcloud.world.World;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;

/** The places of resources that live in more than one kind of place, for aggregated lists. */
record ByPlace(List<Scope> scopes) {

  static ByPlace globalAndRegions(World world) {
    return new ByPlace(Stream.concat(Stream.of(Scope.GLOBAL), regions(world)).toList());
  }

  static ByPlace zonesAndRegions(World world) {
    return new ByPlace(Stream.concat(zones(world), regions(world)).toList());
  }

  static ByPlace everywhere(World world) {
    return new ByPlace(
        Stream.of(Stream.of(Scope.GLOBAL), zones(world), regions(world))
            .flatMap(each -> each)
            .toList());
  }

  private static Stream<Scope> zones(World world) {
    return world.places().zones().stream().map(zone -> Scope.zone(zone.getName()));
  }

  private static Stream<Scope> regions(World world) {
    return world.places().regions().stream().map(region -> Scope.region(region.getName()));
  }

  /** The resources of all places. */
  <T> List<T> all(Function<Scope, ? extends Collection<T>> ofPlace) {
    return scopes.stream().flatMap(scope -> ofPlace.apply(scope).stream()).toList();
  }

  /** For resources that give their zone or region, if any, as a link. */
  <T extends Message> Lists.Places<T> lists() {
    return new Lists.Places<>(scopes.stream().map(Scope::path).toList(), ByPlace::home);
  }

  private static String home(Message resource) {
    String zone = Fields.text(resource, "zone");
    String region = Fields.text(resource, "region");
    if (!zone.isEmpty()) {
      return Scope.zone(Links.last(zone)).path();
    }
    return region.isEmpty() ? Scope.GLOBAL.path() : Scope.region(Links.last(region)).path();
  }
}
