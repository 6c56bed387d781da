package localcloud.demo;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import localcloud.assembly.ComputeClient;
import localcloud.assembly.GroupState;
import localcloud.assembly.Names;
import localcloud.assembly.Text;

/** Shows the good deployment as it goes: a line for each stage, a bar while the group rolls. */
final class Steps implements RecordWatch.Observer {
  private final Screen screen;
  private final Watch watch;
  private final Timeline timeline;
  private final ComputeClient compute;
  private final Set<String> shown = new HashSet<>();

  Steps(Screen screen, Watch watch, Timeline timeline, ComputeClient compute) {
    this.screen = screen;
    this.watch = watch;
    this.timeline = timeline;
    this.compute = compute;
  }

  @Override
  public void see(DeploymentView deployment) throws IOException, InterruptedException {
    int now = Timeline.STAGES.indexOf(deployment.stage());
    for (String stage : Timeline.STAGES.subList(0, now + 1)) {
      timeline.reached(stage);
      if (shown.add(stage)) {
        show(stage, deployment);
      }
    }
    if (deployment.stage().equals("rolling")) {
      bar(deployment.newTemplate());
    }
  }

  private void show(String stage, DeploymentView deployment)
      throws IOException, InterruptedException {
    if (stage.equals("soaking")) {
      bar(deployment.newTemplate());
    }
    screen.line("%s  %-15s %s", watch.stamp(), stage, text(stage, deployment));
  }

  private static String text(String stage, DeploymentView deployment) {
    return switch (stage) {
      case "received" -> "the function has the event";
      case "proven" -> "a disk of " + deployment.diskGib() + " GiB, SHA-256 " + deployment.sha256();
      case "image-ready" -> "image " + deployment.image();
      case "template-ready" -> "template " + deployment.newTemplate();
      case "rolling" ->
          "new instances before the old ones go, never fewer than " + Names.GROUP_SIZE;
      case "soaking" -> "every instance is new and healthy, and must stay so";
      default -> deployment.message().isEmpty() ? "" : deployment.message();
    };
  }

  private void bar(String template) throws IOException, InterruptedException {
    GroupState group = compute.group();
    int serving = group.serving(template);
    screen.bar(
        watch.stamp() + "  ",
        (double) serving / Names.GROUP_SIZE,
        Text.of(
            "%d of %d new and healthy, %d old, %d starting",
            serving,
            Names.GROUP_SIZE,
            group.others(template),
            group.instances().size() - serving - group.others(template)));
  }
}
