package localcloud.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.ManagedInstanceVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceCellTest {
  private static final String LINK =
      "https://www.googleapis.com/compute/v1/projects/demo/zones/us-west1-b/instances/web-x4f2";

  @ParameterizedTest
  @CsvSource({
    "CREATING, PROVISIONING, CREATING",
    "VERIFYING, RUNNING, VERIFYING",
    "NONE, RUNNING, SERVING",
    "DELETING, RUNNING, DRAINING",
    "DELETING, STOPPING, DELETING",
    "DELETING, '', DELETING",
    "RECREATING, RUNNING, DRAINING",
    "RECREATING, STOPPING, DELETING",
    "RECREATING, PROVISIONING, CREATING",
    "RECREATING, '', CREATING",
  })
  void thePhaseFollowsFromActionAndStatus(String action, String status, InstanceCell.Phase phase) {
    ManagedInstance member =
        ManagedInstance.newBuilder()
            .setInstance(LINK)
            .setCurrentAction(action)
            .setInstanceStatus(status)
            .build();

    assertThat(InstanceCell.of(member, link -> "running").phase()).isEqualTo(phase);
  }

  @Test
  void theGroupsWordOnTheVersionGoesBeforeTheMachines() {
    ManagedInstance.Builder member =
        ManagedInstance.newBuilder().setInstance(LINK).setInstanceStatus("RUNNING");

    assertThat(InstanceCell.of(member.build(), link -> "running").template()).isEqualTo("running");
    member.setVersion(ManagedInstanceVersion.newBuilder().setInstanceTemplate("global/a/wanted"));
    assertThat(InstanceCell.of(member.build(), link -> "running").template()).isEqualTo("wanted");
  }

  @Test
  void aMachineThatNeverWasHasNoVersion() {
    ManagedInstance member =
        ManagedInstance.newBuilder().setInstance(LINK).setCurrentAction("DELETING").build();

    assertThat(InstanceCell.of(member, link -> "running").template()).isEmpty();
    assertThat(InstanceCell.of(member, link -> "running").zone()).isEqualTo("us-west1-b");
  }
}
