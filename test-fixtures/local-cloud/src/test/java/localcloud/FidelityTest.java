package localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.storage.Storage;
import com.google.api.services.storage.StorageRequest;
import com.google.cloud.compute.v1.Compute;
import com.google.monitoring.v3.AlertServiceProto;
import com.google.monitoring.v3.MetricServiceProto;
import com.google.monitoring.v3.SnoozeServiceProto;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localcloud.access.Permissions;
import localcloud.judges.ModelRow;
import localcloud.storage.Route;
import org.junit.jupiter.api.Test;

/** How many of Google's methods are there; the shares stand in MODEL.md and can only grow. */
class FidelityTest {
  @Test
  void ofCloudStorage() throws Exception {
    Set<String> all =
        methods(Storage.class)
            .map(
                type ->
                    "storage."
                        + lower(type.getEnclosingClass().getSimpleName())
                        + "."
                        + lower(type.getSimpleName()))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> routes = Arrays.stream(Route.values()).map(Route::id).collect(Collectors.toSet());
    Set<String> served = new TreeSet<>(all);
    served.retainAll(routes);
    long refused =
        all.stream().filter(id -> routes.contains(id.substring(0, id.lastIndexOf('.')))).count();
    hold("Cloud Storage", "storage v1", served.size(), refused, all.size());
  }

  @Test
  void ofComputeEngine() throws Exception {
    Set<String> served =
        Permissions.TABLE.methods().stream()
            .filter(id -> id.startsWith("compute."))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> services =
        served.stream().map(id -> id.split("[.]", -1)[1]).collect(Collectors.toSet());
    Set<String> all =
        Compute.getDescriptor().getServices().stream()
            .filter(service -> services.contains(lower(service.getName())))
            .flatMap(service -> service.getMethods().stream())
            .map(FidelityTest::id)
            .collect(Collectors.toSet());
    assertThat(all).containsAll(served);
    hold("Compute Engine", services.size() + " resources", served.size(), 0, all.size());
  }

  /** Alerts are in Google's discovery document alone, with two methods. */
  @Test
  void ofCloudMonitoring() throws Exception {
    Set<String> all =
        Stream.of(
                AlertServiceProto.getDescriptor(),
                SnoozeServiceProto.getDescriptor(),
                MetricServiceProto.getDescriptor())
            .flatMap(file -> file.getServices().stream())
            .flatMap(service -> service.getMethods().stream())
            .map(MethodDescriptor::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    all.addAll(Set.of("ListAlerts", "GetAlert"));
    int served = localcloud.monitoring.Route.values().length;
    hold("Cloud Monitoring", "4 resources", served, 0, all.size());
  }

  private static String id(MethodDescriptor method) {
    return "compute." + lower(method.getService().getName()) + "." + lower(method.getName());
  }

  private static Stream<Class<?>> methods(Class<?> type) {
    return Arrays.stream(type.getDeclaredClasses())
        .flatMap(
            inner ->
                StorageRequest.class.isAssignableFrom(inner) ? Stream.of(inner) : methods(inner));
  }

  private static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static void hold(String api, String what, int served, long refused, int all)
      throws Exception {
    Matcher before =
        Pattern.compile("\\| " + api + ", [^|]*\\| (\\d+) ", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("MODEL.md")));
    int least = before.find() ? Integer.parseInt(before.group(1)) : 0;
    assertThat(served).as("methods of %s served", api).isGreaterThanOrEqualTo(least);
    String share = String.format(Locale.ROOT, "%d (%d %%)", served, 100 * served / all);
    ModelRow.of(
            api + ", " + what,
            share,
            Long.toString(refused),
            Long.toString(all - served - refused),
            Integer.toString(all))
        .hold();
  }
}
