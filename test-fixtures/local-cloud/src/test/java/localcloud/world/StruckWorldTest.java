package localcloud.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.InstanceManagedByIgmError;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.QuotaExceededInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import localcloud.faults.BadFaults;
import localcloud.faults.Faults;
import localcloud.world.places.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rules of the world make of the faults that strike them. */
class StruckWorldTest {
  @TempDir Path folder;
  private final Faults faults = new Faults("demo");
  private TestWorld it;

  @BeforeEach
  void start() throws Exception {
    it = new TestWorld(folder, faults);
  }

  @Test
  void anImageWhoseImportFailsIsPendingAndThenGoneAndItsNameIsFree() throws Exception {
    strike(
        "{'on':'operation','method':'images.insert','nth':1,'do':'fail','code':'INTERNAL_ERROR'}");

    Operation begun = it.image("a", TestWorld.GOOD);
    assertThat(it.world.call(() -> it.world.images().get("a").getStatus())).isEqualTo("PENDING");
    it.pass(30);

    Operation failed = operation(Scope.GLOBAL, begun);
    assertThat(failed.getStatus()).isEqualTo(Operation.Status.DONE);
    assertThat(failed.getHttpErrorStatusCode()).isEqualTo(503);
    assertThat(failed.getError().getErrors(0).getCode()).isEqualTo("INTERNAL_ERROR");
    assertThatThrownBy(() -> it.world.call(() -> it.world.images().get("a")))
        .hasMessageEndingWith("global/images/a' was not found");
    try (Stream<Path> disks = Files.list(folder.resolve("data/compute/images"))) {
      assertThat(disks).isEmpty();
    }
    it.image("a", TestWorld.GOOD);
    it.pass(30);
    assertThat(it.world.call(() -> it.world.images().get("a").getStatus())).isEqualTo("READY");
  }

  @Test
  void aFailedOperationMayKeepItsHttpStatusToItself() throws Exception {
    strike(
        "{'on':'operation','method':'*.insert','do':'fail','code':'INTERNAL_ERROR','httpStatus':0}");

    Operation begun = it.image("a", TestWorld.GOOD);
    it.pass(30);

    Operation failed = operation(Scope.GLOBAL, begun);
    assertThat(failed.hasHttpErrorStatusCode()).isFalse();
    assertThat(failed.hasHttpErrorMessage()).isFalse();
    assertThat(failed.getError().getErrorsCount()).isEqualTo(1);
  }

  @Test
  void aQuotaThatIsUsedUpIsToldWithItsNumbers() throws Exception {
    strike(
        "{'on':'operation','method':'images.insert','do':'fail','code':'QUOTA_EXCEEDED',"
            + "'metric':'IMAGES','limit':100}");

    Operation begun = it.image("a", TestWorld.GOOD);
    it.pass(30);

    Operation failed = operation(Scope.GLOBAL, begun);
    Errors error = failed.getError().getErrors(0);
    assertThat(failed.getHttpErrorStatusCode()).isEqualTo(403);
    assertThat(error.getMessage()).isEqualTo("Quota 'IMAGES' exceeded.  Limit: 100.0 globally.");
    QuotaExceededInfo quota = error.getErrorDetails(0).getQuotaInfo();
    assertThat(quota.getMetricName()).isEqualTo("compute.googleapis.com/images");
    assertThat(quota.getLimit()).isEqualTo(100);
  }

  @Test
  void aFailedPatchOfAGroupChangesNothing() throws Exception {
    it.groupOfThree();
    it.version("b", TestWorld.GOOD);
    strike(
        "{'on':'operation','method':'instanceGroupManagers.patch','target':'*/web','do':'fail',"
            + "'code':'CONDITION_NOT_MET','message':'No.','httpStatus':412}");

    it.roll(TestWorld.of("b"));
    it.pass(120);

    assertThat(it.group().getVersions(0).getInstanceTemplate()).endsWith("/a");
    assertThat(it.of("a", it.members())).isEqualTo(3);
    assertThat(it.members()).hasSize(3);
  }

  @Test
  void aSlowOperationIsDoneWhenItsTimeIsOver() throws Exception {
    strike("{'on':'operation','method':'images.insert','do':'slow','seconds':300}");

    Operation begun = it.image("a", TestWorld.GOOD);
    it.pass(299);
    assertThat(operation(Scope.GLOBAL, begun).getStatus()).isEqualTo(Operation.Status.RUNNING);
    it.pass(1);

    assertThat(operation(Scope.GLOBAL, begun).getStatus()).isEqualTo(Operation.Status.DONE);
    assertThat(it.world.call(() -> it.world.images().get("a").getStatus())).isEqualTo("READY");
  }

  @Test
  void aQuotaHoldsUpCreationForAsManyAttemptsAsAskedFor() throws Exception {
    it.groupOfThree();
    it.version("b", TestWorld.GOOD);
    strike(
        "{'on':'creation','template':'b','zone':'us-west1-*','atMost':2,'do':'fail',"
            + "'code':'QUOTA_EXCEEDED','limit':8}");

    it.roll(TestWorld.of("b"));
    it.pass(20);

    ManagedInstance creating = creating();
    Errors error = creating.getLastAttempt().getErrors().getErrors(0);
    assertThat(creating.getInstanceStatus()).isEmpty();
    assertThat(error.getMessage())
        .isEqualTo("Quota 'CPUS' exceeded.  Limit: 8.0 in region us-west1.");
    assertThat(error.getErrorDetails(0).getQuotaInfo().getDimensionsMap())
        .containsEntry("region", "us-west1");
    it.pass(60);
    assertThat(errors()).extracting(one -> one.getError().getCode()).hasSize(2);
    it.pass(300);
    assertThat(it.of("b", it.members())).isEqualTo(3);
    assertThat(it.group().getStatus().getIsStable()).isTrue();
  }

  @Test
  void aStockOutForGoodIsTriedAgainWithoutEnd() throws Exception {
    it.groupOfThree();
    it.version("b", TestWorld.GOOD);
    strike("{'on':'creation','group':'web','do':'fail','code':'ZONE_RESOURCE_POOL_EXHAUSTED'}");

    it.roll(TestWorld.of("b"));
    it.pass(3600);

    assertThat(creating().getLastAttempt().getErrors().getErrors(0).getMessage())
        .isEqualTo(
            "The zone 'projects/demo/zones/us-west1-a' does not have enough resources available to"
                + " fulfill the request.  Try a different zone, or try again later.");
    assertThat(errors()).hasSizeGreaterThan(50);
    assertThat(it.serving()).isEqualTo(3);
  }

  @Test
  void aMachineThatIsMadeNeverHealthyStaysInVerifying() throws Exception {
    strike("{'on':'machine','nth':2,'do':'never-healthy'}");

    it.groupOfThree();

    assertThat(it.serving()).isEqualTo(2);
    assertThat(it.members())
        .extracting(ManagedInstance::getCurrentAction)
        .containsExactlyInAnyOrder("NONE", "NONE", "VERIFYING");
  }

  @Test
  void aMachineThatIsMadeToDieIsMadeAnewUnderItsName() throws Exception {
    it.groupOfThree();
    it.version("b", TestWorld.GOOD);
    strike("{'on':'machine','template':'b','atMost':1,'do':'die','afterSeconds':40}");

    it.roll(TestWorld.of("b"));
    it.pass(20);
    String doomed = it.members().get(3).getName();
    it.pass(45);

    assertThat(it.members())
        .filteredOn(one -> one.getName().equals(doomed))
        .extracting(ManagedInstance::getCurrentAction)
        .containsExactly("RECREATING");
    it.pass(300);
    assertThat(it.members()).extracting(ManagedInstance::getName).contains(doomed);
    assertThat(it.of("b", it.members())).isEqualTo(3);
    assertThat(it.serving()).isEqualTo(3);
  }

  @Test
  void aMachineThatIsMadeToBootSlowlyServesLater() throws Exception {
    strike("{'on':'machine','instance':'web-*','do':'boot-slowly','seconds':50}");

    it.groupOfThree();
    assertThat(it.serving()).isZero();
    it.pass(30);

    assertThat(it.serving()).isEqualTo(3);
  }

  @Test
  void aSpotMachineThatIsTakenAwayIsToldByTheZonesOperationsAloneAndMadeAnew() throws Exception {
    strike("{'on':'machine','instance':'web-*','nth':2,'do':'preempt','afterSeconds':[120,180]}");
    it.image("a", TestWorld.GOOD);
    it.check();
    it.template("a", "global/images/a", one -> one.getSchedulingBuilder().setPreemptible(true));
    it.pass(30);
    it.insert(TestWorld.asked("a", 3));
    it.pass(100);

    assertThat(preemptions()).isEmpty();

    it.pass(300);

    assertThat(preemptions()).hasSize(1);
    Operation told = preemptions().get(0);
    assertThat(told.getName()).startsWith("systemevent-");
    assertThat(told.getStatus()).isEqualTo(Operation.Status.DONE);
    assertThat(told.getStatusMessage()).isEqualTo("Instance was preempted.");
    assertThat(it.members())
        .extracting(ManagedInstance::getInstance)
        .contains(told.getTargetLink())
        .hasSize(3);
    assertThat(it.members()).noneMatch(one -> one.getId() == told.getTargetId());
    assertThat(it.serving()).isEqualTo(3);
    assertThat(errors()).isEmpty();
  }

  @Test
  void aMachineThatIsNoSpotMachineOnlyEnds() throws Exception {
    strike("{'on':'machine','instance':'web-*','nth':2,'do':'preempt','afterSeconds':120}");

    it.groupOfThree();
    it.pass(300);

    assertThat(preemptions()).isEmpty();
    assertThat(it.serving()).isEqualTo(3);
  }

  @Test
  void aPolicyOfTheOrganisationEndsAnOperation() throws Exception {
    strike(
        "{'on':'operation','method':'images.insert','do':'fail','code':'CONDITION_NOT_MET',"
            + "'httpStatus':412,'message':'Location us violates constraint"
            + " constraints/gcp.resourceLocations on the resource projects/demo/global/images/a'}");

    Operation begun = it.image("a", TestWorld.GOOD);
    it.pass(60);

    Operation failed = operation(Scope.GLOBAL, begun);
    assertThat(failed.getHttpErrorStatusCode()).isEqualTo(412);
    assertThat(failed.getHttpErrorMessage()).isEqualTo("PRECONDITION FAILED");
    assertThat(failed.getError().getErrors(0).getCode()).isEqualTo("CONDITION_NOT_MET");
  }

  @Test
  void aBootDiskThatIsSmallerThanItsImageMakesNoMachine() throws Exception {
    it.image("a", 2, TestWorld.GOOD);
    it.check();
    it.template(
        "a",
        "global/images/a",
        one -> one.getDisksBuilder(0).getInitializeParamsBuilder().setDiskSizeGb(1));
    it.insert(TestWorld.asked("a", 1));
    it.pass(120);

    assertThat(it.members().get(0).getCurrentAction()).isEqualTo("CREATING");
    assertThat(it.members().get(0).getLastAttempt().getErrors().getErrors(0).getMessage())
        .isEqualTo(
            "Invalid value for field 'resource.disks[0].initializeParams.diskSizeGb': '1'."
                + " Requested disk size cannot be smaller than the image size (2 GB)");
  }

  private void strike(String... rules) throws BadFaults {
    faults.replace(
        String.format(Locale.ROOT, "{'seed':1,'rules':[%s]}", String.join(",", rules))
            .replace('\'', '"'));
  }

  private ManagedInstance creating() {
    return it.members().stream()
        .filter(one -> one.getCurrentAction().equals("CREATING"))
        .findFirst()
        .orElseThrow();
  }

  private List<InstanceManagedByIgmError> errors() {
    return it.world.call(() -> it.world.groups().errors(TestWorld.ZONE, TestWorld.GROUP));
  }

  private List<Operation> preemptions() {
    return it.world.call(() -> it.world.operations().list(TestWorld.ZONE)).stream()
        .filter(one -> one.getOperationType().equals("compute.instances.preempted"))
        .toList();
  }

  private Operation operation(Scope scope, Operation begun) {
    return it.world.call(() -> it.world.operations().get(scope, begun.getName()));
  }
}
