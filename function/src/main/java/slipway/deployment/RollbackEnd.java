package slipway.deployment;

import static java.util.stream.Collectors.joining;

import java.util.Set;
import slipway.artifact.Commands;
import slipway.fault.Fault;
import slipway.fault.Recalled;
import slipway.record.DeploymentRecord;
import slipway.record.Explanation;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.settings.GroupPath;
import slipway.verdict.Verdict;

/** How a deployment ends whose groups went back. */
public sealed interface RollbackEnd extends End {
  /** Every group is at its last known good version again. */
  record RolledBack() implements RollbackEnd {
    @Override
    public Stage stage() {
      return Stage.ROLLED_BACK;
    }

    @Override
    public Explanation explanation(DeploymentRecord before) {
      Explanation bad = before.verdict();
      String consoles =
          bad.consoles().isEmpty()
              ? none(String.valueOf(bad.code()))
              : " What the instances said is in " + String.join(", ", bad.consoles()) + ".";
      return new Explanation(
          bad.code(),
          bad.message() + " Every group runs its last known good version again." + ill(before),
          nextStep(String.valueOf(bad.code())) + consoles,
          bad.consoles());
    }

    private static String ill(DeploymentRecord before) {
      String ill =
          before.groups().stream()
              .filter(group -> group.progress() != null && group.progress().wasIll())
              .map(group -> group.group().name())
              .collect(joining(" and "));
      return ill.isEmpty()
          ? ""
          : " Instances of " + ill + " were already unhealthy before this deployment.";
    }

    /** Without a console the record says so, where instances may have said something. */
    private static String none(String code) {
      boolean said =
          code.equals(Verdict.Code.UNHEALTHY.toString())
              || code.equals(Verdict.Code.CRASH_LOOP.toString());
      return said ? " No console was kept: the instances printed nothing, or no longer exist." : "";
    }

    /** Whom the verdict blames. */
    private static String nextStep(String code) {
      return switch (code) {
        case "unhealthy", "crash-loop", "deadline" ->
            "Mend the disk and upload it under a new name.";
        case "alarm" ->
            "See in Cloud Monitoring what the alert is about; mend the disk and upload it under a"
                + " new name.";
        case "quota", "stock-out" ->
            "Raise the quota, or wait until the zone has machines again; then upload again.";
        case Recalled.ABORTED -> "Nothing to do; to deploy it all the same, upload it again.";
        case Recalled.NOT_APPROVED -> "Upload it again, and approve of it in time.";
        case "cannot-tell", "old-unhealthy" ->
            "Look at the group and its health check; then upload again.";
        default -> "Fix the problem that the message names; then upload again.";
      };
    }
  }

  /**
   * The groups, or some of them, could not be put back.
   *
   * @param gone groups that do not exist any more
   */
  record RollbackFailed(String code, String message, Set<GroupPath> gone) implements RollbackEnd {
    /** Of a fault that kept all of them from it. */
    public RollbackFailed(Fault fault) {
      this(fault.code(), String.valueOf(fault.getMessage()), Set.of());
    }

    @Override
    public Stage stage() {
      return Stage.ROLLBACK_FAILED;
    }

    @Override
    public Explanation explanation(DeploymentRecord before) {
      Explanation bad = before.verdict();
      String first = bad.message() == null ? "" : bad.message() + " The rollback failed: ";
      String commands =
          before.groups().stream()
              .filter(group -> group.isPatched() && group.state() != State.ROLLED_BACK)
              .filter(group -> !gone.contains(group.group()))
              .map(RollbackFailed::command)
              .collect(joining(" && "));
      return new Explanation(
          code,
          first + message,
          commands.isEmpty() ? "Check the target's groups by hand." : commands,
          bad.consoles());
    }

    private static String command(GroupState group) {
      GroupPath path = group.group();
      return "gcloud compute instance-groups managed rolling-action start-update "
          + path.name()
          + " --version=template="
          + group.previousTemplate()
          + (group.previousName() == null ? "" : ",name=" + Commands.quoted(group.previousName()))
          + (path.isRegional() ? " --region=" : " --zone=")
          + path.place()
          + " --project="
          + path.project();
    }
  }
}
