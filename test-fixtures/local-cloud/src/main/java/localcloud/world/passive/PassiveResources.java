package localcloud.world.passive;

import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Operation;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import localcloud.world.operations.Estate;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Catalogue;
import localcloud.world.resources.Edit;
import localcloud.world.resources.Names;

/**
 * What stands around a load balancer, a firewall and an instance. The balancer and the machines
 * here serve whatever these say; but what one refers to must be there, and stays as long as one
 * refers to it.
 */
public final class PassiveResources {
  /** Those of zones, which instances may be given. */
  public static final PassiveKind DISKS = new PassiveKind("Disks", "disks", "disk");

  /** In the order in which they refer to one another. */
  public static final List<PassiveKind> KINDS =
      List.of(
          new PassiveKind("Networks", "networks", "network"),
          new PassiveKind("Firewalls", "firewalls", "firewall"),
          new PassiveKind("GlobalAddresses", "addresses", "address"),
          new PassiveKind("Addresses", "addresses", "address"),
          DISKS,
          new PassiveKind("UrlMaps", "urlMaps", "url_map"),
          new PassiveKind("SslCertificates", "sslCertificates", "ssl_certificate"),
          new PassiveKind("TargetHttpProxies", "targetHttpProxies", "target_http_proxy"),
          new PassiveKind("TargetHttpsProxies", "targetHttpsProxies", "target_https_proxy"),
          new PassiveKind("GlobalForwardingRules", "forwardingRules", "forwarding_rule"));

  private final Estate estate;
  private final PassiveRules rules;
  private final Map<String, Catalogue<Message>> all = new TreeMap<>();

  /**
   * Starts without any.
   *
   * @param service fails if there is no backend service of this link
   */
  public PassiveResources(Estate estate, Function<String, ? extends Message> service) {
    this.estate = estate;
    rules = new PassiveRules(estate.links(), link -> refer(link, service));
    for (PassiveKind kind : KINDS) {
      Catalogue.Kind as = new Catalogue.Kind(kind.collection(), kind.word(), "");
      all.computeIfAbsent(kind.collection(), collection -> new Catalogue<>(estate, as, this::user));
    }
  }

  /** One of them. */
  public record Named(PassiveKind kind, Scope place, String name) {}

  /** What is named; empty if it is no kind of thing that is looked for here. */
  private Optional<Message> refer(String link, Function<String, ? extends Message> service) {
    String[] parts = Links.pathOf(link).split("/", -1);
    String collection = parts.length < 2 ? "" : parts[parts.length - 2];
    if (collection.equals("networks") && parts[parts.length - 1].equals("default")) {
      return Optional.empty();
    }
    return collection.equals("backendServices")
        ? Optional.of(service.apply(link))
        : Optional.ofNullable(all.get(collection)).map(catalogue -> catalogue.referred(link));
  }

  /** Keeps it with Google's defaults. */
  public Operation insert(PassiveKind kind, Scope place, Message asked) {
    Names.check("resource.name", PassiveRules.text(asked, "name"));
    return of(kind).insert(place, rules.complete(asked, estate.links().to(place)));
  }

  /** Keeps a disk whose instance is gone, unless somebody made it before. */
  public void keepDisk(Scope zone, Disk disk) {
    if (list(DISKS, zone).stream()
        .noneMatch(one -> PassiveRules.text(one, "name").equals(disk.getName()))) {
      of(DISKS).keep(zone, rules.complete(disk, estate.links().to(zone)));
    }
  }

  /** The one of this name. */
  public Message get(PassiveKind kind, Scope place, String name) {
    return of(kind).get(place, name);
  }

  /** All of a kind in one place by name. */
  public Collection<Message> list(PassiveKind kind, Scope place) {
    return of(kind).list(place);
  }

  /**
   * Merges, replaces or sets a part, as the edit says, which also says what is out of date.
   *
   * @param type of the operation, such as patch or setLabels
   */
  public Operation change(Named named, String type, Edit<Message> edit) {
    PassiveKind kind = named.kind();
    Scope place = named.place();
    String name = named.name();
    Message wanted = edit.apply(get(kind, place, name));
    if (!PassiveRules.text(wanted, "name").equals(name)) {
      throw Refusals.invalid(
          "resource.name", PassiveRules.text(wanted, "name"), "The name cannot be changed.");
    }
    return of(kind).become(place, type, rules.complete(wanted, estate.links().to(place)));
  }

  /** Refused while another one refers to it. */
  public Operation delete(PassiveKind kind, Scope place, String name) {
    return of(kind).delete(place, name);
  }

  private Catalogue<Message> of(PassiveKind kind) {
    return Objects.requireNonNull(all.get(kind.collection()));
  }

  /** The path of one that refers to the resource of this link. */
  public Optional<String> user(String link) {
    return all.values().stream()
        .flatMap(catalogue -> catalogue.everywhere().stream())
        .filter(resource -> refersTo(resource, link))
        .map(resource -> Links.pathOf(PassiveRules.text(resource, "self_link")))
        .findFirst();
  }

  private boolean refersTo(Message resource, String link) {
    return !PassiveRules.text(resource, "self_link").equals(link)
        && PassiveRules.texts(resource)
            .anyMatch(text -> text.equals(link) || rules.isAddressOf(text, link));
  }
}
