package localcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import localcloud.http.ApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpOptionsTest {
  @Test
  void byDefaultThePortsAreThoseOfTheDesignAndTimeIsTheClocks() {
    UpOptions options = UpOptions.parse(List.of());

    assertThat(options.demo()).isFalse();
    assertThat(options.data()).isEmpty();
    assertThat(options.speed()).isEqualTo(1);
    assertThat(options.api()).isEqualTo(new ApiServer.Ports(8085, 8443));
    assertThat(options.balancerPort()).isEqualTo(8080);
    assertThat(options.functionPort()).isEqualTo(8090);
    assertThat(options.functionInstances()).isEqualTo(4);
  }

  @Test
  void theDemoTakesFreePortsAndRunsFaster() {
    UpOptions options = UpOptions.parse(List.of("--demo"));

    assertThat(options.demo()).isTrue();
    assertThat(options.speed()).isEqualTo(20);
    assertThat(options.api()).isEqualTo(new ApiServer.Ports(0, 0));
    assertThat(options.balancerPort()).isZero();
    assertThat(options.functionPort()).isZero();
  }

  @Test
  void whatIsGivenHoldsAlsoForTheDemo() {
    UpOptions options =
        UpOptions.parse(
            words(
                "--demo --data=some/where --speed 5 --http-port 1 --https-port=2"
                    + " --balancer-port 3 --function-port 65535 --function-instances 16 --machines simulated"));

    assertThat(options.data()).contains(Path.of("some/where"));
    assertThat(options.speed()).isEqualTo(5);
    assertThat(options.api()).isEqualTo(new ApiServer.Ports(1, 2));
    assertThat(options.balancerPort()).isEqualTo(3);
    assertThat(options.functionPort()).isEqualTo(65535);
    assertThat(options.functionInstances()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--frobnicate | unknown option --frobnicate; --help lists them all",
        "demo | unknown option demo; --help lists them all",
        "--http-port | --http-port: a value is missing after it",
        "--http-port --demo | --http-port: a value is missing after it",
        "--data= | --data: a value is missing after it",
        "--http-port 65536 | --http-port: expected a whole number from 0 to 65535, found '65536'",
        "--https-port -1 | --https-port: expected a whole number from 0 to 65535, found '-1'",
        "--function-port 80a | --function-port: expected a whole number from 0 to 65535, found '80a'",
        "--speed 0 | --speed: expected a whole number from 1 to 100, found '0'",
        "--speed 1.5 | --speed: expected a whole number from 1 to 100, found '1.5'",
        "--speed 101 | --speed: expected a whole number from 1 to 100, found '101'",
        "--function-instances 0 | --function-instances: expected a whole number from 1 to 16, found '0'",
        "--speed 2 --speed 3 | --speed is given twice",
        "--demo --detach | --demo stops by itself; leave --detach out",
        "--machines qemu | --machines qemu: this version has simulated machines only",
        "--machines vmware | --machines: expected simulated, found 'vmware'",
        "--balancer-port x | --balancer-port: expected a whole number from 0 to 65535, found 'x'",
        "--page-port=1 | --page-port: this version has no console page; leave the option out",
        "--faults f | --faults: this version injects no faults; leave the option out",
      })
  void aWrongLineIsToldInASentence(String line, String sentence) {
    assertThatThrownBy(() -> UpOptions.parse(words(line)))
        .isInstanceOfSatisfying(
            CommandFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(2))
        .hasMessage(sentence);
  }

  private static List<String> words(String line) {
    return Arrays.asList(line.split(" "));
  }
}
