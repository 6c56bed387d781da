package localcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import localcloud.assembly.CommandFault;
import localcloud.assembly.Install;
import localcloud.assembly.UpOptions;
import localcloud.http.ApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UpLineTest {
  @Test
  void byDefaultThePortsAreThoseOfTheDesignAndTimeIsTheClocks() {
    UpOptions options = parse("");

    assertThat(options.demo()).isFalse();
    assertThat(options.data()).isEmpty();
    assertThat(options.speed()).isEqualTo(1);
    assertThat(options.api()).isEqualTo(new ApiServer.Ports(8085, 8443));
    assertThat(options.balancerPort()).isEqualTo(8080);
    assertThat(options.pagePort()).isEqualTo(8088);
    assertThat(options.functionPort()).isEqualTo(8090);
    assertThat(options.functionInstances()).isEqualTo(4);
  }

  @Test
  void theDemoTakesFreePortsAndRunsFaster() {
    UpOptions options = parse("--demo");

    assertThat(options.demo()).isTrue();
    assertThat(options.speed()).isEqualTo(20);
    assertThat(options.api()).isEqualTo(new ApiServer.Ports(0, 0));
    assertThat(options.balancerPort()).isZero();
    assertThat(options.pagePort()).isZero();
    assertThat(options.functionPort()).isZero();
  }

  @Test
  void alarmsNeedLongSoaksAndSoAFasterDemo() {
    assertThat(parse("--alarms").alarms()).isTrue();
    assertThat(parse("--alarms").machines().tempo().soakSeconds()).isEqualTo(600);
    assertThat(parse("--demo --alarms").speed()).isEqualTo(60);
    assertThat(parse("--demo --alarms").machines().real()).isFalse();
    assertThat(parse("--demo").alarms()).isFalse();
  }

  @Test
  void whatIsGivenHoldsAlsoForTheDemo() {
    UpOptions options =
        parse(
            "--demo --data=some/where --speed 5 --http-port 1 --https-port=2"
                + " --balancer-port 3 --page-port 4 --function-port 65535"
                + " --function-instances 16 --machines simulated --faults bad.json");

    assertThat(options.data()).contains(Path.of("some/where"));
    assertThat(options.speed()).isEqualTo(5);
    assertThat(options.api()).isEqualTo(new ApiServer.Ports(1, 2));
    assertThat(options.balancerPort()).isEqualTo(3);
    assertThat(options.pagePort()).isEqualTo(4);
    assertThat(options.functionPort()).isEqualTo(65535);
    assertThat(options.functionInstances()).isEqualTo(16);
    assertThat(options.faults()).contains(Path.of("bad.json"));
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
        "--machines vmware | --machines: expected simulated or qemu, found 'vmware'",
        "--machines qemu --speed 2 | --speed 2: real machines run as fast as the clock; leave --speed out, or take --machines simulated",
        "--demo --machines=qemu --speed=20 | --speed 20: real machines run as fast as the clock; leave --speed out, or take --machines simulated",
        "--alarms --machines qemu | --alarms: soaks last ten minutes, and real machines run as fast as the clock; take --machines simulated",
        "--balancer-port x | --balancer-port: expected a whole number from 0 to 65535, found 'x'",
        "--page-port -1 | --page-port: expected a whole number from 0 to 65535, found '-1'",
        "--faults | --faults: a value is missing after it",
      })
  void aWrongLineIsToldInASentence(String line, String sentence) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOfSatisfying(
            CommandFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(2))
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the line | what lacks | real | speed | what up says
        "'' | '' | false | 1 | simulated, unless --machines qemu asks for real ones",
        "--machines qemu | '' | true | 1 | real ones (qemu), as --machines asks",
        "--machines qemu --speed 1 | '' | true | 1 | real ones (qemu), as --machines asks",
        "--machines simulated --speed 7 | '' | false | 7 | simulated, as --machines asks",
        "--demo | '' | true | 1 | real ones (qemu), since all that they need is installed",
        "--demo | no qemu | false | 20 | simulated, since real ones cannot be had: no qemu",
        "--demo --speed 9 | '' | false | 9 | simulated, since real ones cannot run --speed 9 times as fast",
        "--demo --machines simulated | '' | false | 20 | simulated, as --machines asks",
      })
  void theMachinesAreThoseAskedForOrThoseThatFit(
      String line, String lacking, boolean real, int speed, String told) {
    UpOptions options = parse(line, lacking);

    assertThat(options.machines().real()).isEqualTo(real);
    assertThat(options.speed()).isEqualTo(speed);
    assertThat(options.machines().text()).isEqualTo(told);
  }

  @Test
  void realMachinesThatCannotBeHadAreNotReplacedByOthers() {
    assertThatThrownBy(() -> parse("--machines qemu", "no qemu"))
        .isInstanceOfSatisfying(
            CommandFault.class, fault -> assertThat(fault.exitCode()).isEqualTo(1))
        .hasMessage("--machines qemu: no qemu");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "env", "down"})
  void theHelpNamesEveryOptionAndNoOther(String name) throws Exception {
    Install install = new Install(Path.of("/nowhere"));
    Map<String, Object> commands =
        Map.of("up", new UpLine(), "env", new Env(install), "down", new Down(install));
    Set<String> options =
        new CommandLine(commands.get(name)).getCommandSpec().optionsMap().keySet();
    String help = Files.readString(Path.of("src/main/help/" + name + ".txt"));

    assertThat(Pattern.compile("(?m)^  (--[a-z-]+)").matcher(help).results())
        .extracting(found -> found.group(1))
        .map(String::valueOf)
        .containsAll(options)
        .isSubsetOf(options);
  }

  private static UpOptions parse(String line) {
    return parse(line, "not looked for");
  }

  private static UpOptions parse(String line, String lacking) {
    List<String> words = line.isEmpty() ? List.of() : Arrays.asList(line.split(" "));
    return UpLine.parse(words, () -> Optional.of(lacking).filter(text -> !text.isEmpty()));
  }
}
