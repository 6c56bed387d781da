package localcloud.compute;

import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.ServiceAccount;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import localcloud.access.Caller;
import localcloud.access.Permissions.Need;
import localcloud.world.World;
import localcloud.world.places.Links;
import localcloud.world.refusals.ApiException;

/** Asks of the caller, before a method is done, what the table of permissions says. */
final class Guard {
  private final World world;

  Guard(World world) {
    this.world = world;
  }

  /** The method's name in the table: Images.Insert is compute.images.insert. */
  static String id(String method) {
    String[] parts = method.split("\\.", 2);
    return "compute." + lower(parts[0]) + "." + lower(parts[1]);
  }

  static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** Refuses in Google's words what the caller may not do. */
  void check(Caller caller, List<Need> needs, Routes.Match match, Message request) {
    for (Need need : needs) {
      subjects(need.subject(), match, request)
          .forEach(resource -> caller.require(need.permission(), resource));
    }
  }

  /** The resources that these words of the table mean in this request. */
  private Stream<String> subjects(String words, Routes.Match match, Message request) {
    Message body = body(match.method(), request);
    return switch (words) {
      case "" -> Stream.of(own(match, request));
      case "if it has labels" ->
          body instanceof Image image && image.getLabelsCount() > 0
              ? Stream.of(own(match, request))
              : Stream.of();
      // Google reads it later and tells it in the operation: see ImageMethods.
      case "on the tarball" -> Stream.of();
      case "on each service account" -> accounts(body);
      case "on each health check" -> healthChecks(body);
      case "on each template" -> templates(body).map(this::path);
      case "on new instances" ->
          Stream.concat(templates(body), single(body)).limit(1).map(any -> project());
      case "on new instances with metadata" -> made(body, Guard::hasMetadata);
      case "on new instances with tags" -> made(body, one -> one.getTags().getItemsCount() > 0);
      case "on new instances with labels" -> made(body, one -> one.getLabelsCount() > 0);
      case "on each image" -> properties(body).flatMap(this::images);
      case "on each subnetwork" -> subnetworks(body, network -> true);
      case "on each subnetwork with external addresses" ->
          subnetworks(body, network -> network.getAccessConfigsCount() > 0);
      default -> throw new IllegalStateException("PERMISSIONS.md: not understood: " + words);
    };
  }

  private static Message body(Method method, Message request) {
    FieldDescriptor field = method.bodyField();
    return field == null ? request : (Message) request.getField(field);
  }

  /** As Google names it: lists by their project, new ones by the name that they are to have. */
  private String own(Routes.Match match, Message request) {
    if (match.method().name().endsWith("List")) {
      return project();
    }
    List<String> segments = match.method().segments();
    boolean named = segments.get(segments.size() - 1).startsWith("{");
    String name = named ? "" : nameOf(match.method(), request);
    // What stands after the resource's name is what is done to it, such as deprecate or wait.
    boolean verb = !named && name.isEmpty();
    String path =
        String.join(
            "/",
            segments.subList(2, segments.size() - (verb ? 1 : 0)).stream()
                .map(segment -> value(segment, match))
                .toList());
    return path + name;
  }

  /** Of a path that ends in a collection; autoscalers are named beside it, or in the body. */
  private static String nameOf(Method method, Message request) {
    boolean one = method.name().matches(".*\\.(Insert|Patch|Update)");
    String beside = Fields.text(request, "autoscaler");
    return !one
        ? ""
        : "/" + (beside.isEmpty() ? Fields.text(body(method, request), "name") : beside);
  }

  private static String value(String segment, Routes.Match match) {
    return segment.startsWith("{")
        ? match.fields().getOrDefault(segment.substring(1, segment.length() - 1), segment)
        : segment;
  }

  private String project() {
    return "projects/" + world.links().project();
  }

  private String path(String reference) {
    return world
        .links()
        .expand(reference)
        .map(link -> link.substring(Links.ROOT.length()))
        .orElse(reference);
  }

  private static Stream<String> accounts(Message body) {
    if (body instanceof Instance instance) {
      return instance.getServiceAccountsList().stream().map(ServiceAccount::getEmail);
    }
    return body instanceof InstanceTemplate template
        ? template.getProperties().getServiceAccountsList().stream().map(ServiceAccount::getEmail)
        : Stream.of();
  }

  private Stream<String> healthChecks(Message body) {
    return body instanceof InstanceGroupManager group
        ? group.getAutoHealingPoliciesList().stream()
            .filter(InstanceGroupManagerAutoHealingPolicy::hasHealthCheck)
            .map(policy -> path(policy.getHealthCheck()))
        : Stream.of();
  }

  /** References of the templates that the body gives to a group. */
  private static Stream<String> templates(Message body) {
    return body instanceof InstanceGroupManager group
        ? Stream.concat(
                group.getVersionsList().stream()
                    .map(InstanceGroupManagerVersion::getInstanceTemplate),
                Stream.of(group.getInstanceTemplate()))
            .filter(reference -> !reference.isEmpty())
        : Stream.of();
  }

  /** Something, if the body is an instance to be made. */
  private static Stream<InstanceProperties> single(Message body) {
    return body instanceof Instance instance
        ? Stream.of(
            InstanceProperties.newBuilder()
                .addAllDisks(instance.getDisksList())
                .addAllNetworkInterfaces(instance.getNetworkInterfacesList())
                .setMetadata(instance.getMetadata())
                .build())
        : Stream.of();
  }

  /** Of those of them that exist: of others the method itself tells. */
  private Stream<InstanceProperties> properties(Message body) {
    return Stream.concat(
        single(body),
        templates(body)
            .flatMap(reference -> template(reference).stream())
            .map(InstanceTemplate::getProperties));
  }

  private Optional<InstanceTemplate> template(String reference) {
    try {
      return Optional.of(world.call(() -> world.templates().referred(reference)));
    } catch (ApiException none) {
      return Optional.empty();
    }
  }

  /** On the project, if new instances are such. */
  private Stream<String> made(Message body, Predicate<InstanceProperties> such) {
    return properties(body).filter(such).limit(1).map(any -> project());
  }

  private static boolean hasMetadata(InstanceProperties properties) {
    return properties.getMetadata().getItemsCount() > 0;
  }

  private Stream<String> images(InstanceProperties properties) {
    return properties.getDisksList().stream()
        .map(disk -> disk.getInitializeParams().getSourceImage())
        .filter(image -> !image.isEmpty())
        .map(this::path);
  }

  private Stream<String> subnetworks(Message body, Predicate<NetworkInterface> which) {
    return properties(body)
        .flatMap(properties -> properties.getNetworkInterfacesList().stream())
        .filter(which)
        .map(
            network ->
                network.hasSubnetwork()
                    ? path(network.getSubnetwork())
                    : project() + "/subnetworks/" + Links.last(network.getNetwork()));
  }
}
