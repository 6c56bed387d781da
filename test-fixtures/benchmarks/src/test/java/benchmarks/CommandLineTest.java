package benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static final Benchmark ONE = named("one");
  private static final Benchmark TWO = named("two");
  private static final List<Benchmark> ALL = List.of(ONE, TWO);

  @Test
  void choosesAllWithoutAName() {
    CommandLine line = CommandLine.parse(List.of(), ALL);

    assertThat(line).isEqualTo(new CommandLine(ALL, false, true));
  }

  @Test
  void choosesTheNamedInTheirUsualOrder() {
    assertThat(CommandLine.parse(List.of("two", "one"), ALL).chosen()).containsExactly(ONE, TWO);
    assertThat(CommandLine.parse(List.of("two"), ALL).chosen()).containsExactly(TWO);
  }

  @Test
  void keepsNothingOfAQuickRunUnlessAsked() {
    assertThat(CommandLine.parse(List.of("--quick"), ALL).kept()).isFalse();
    assertThat(CommandLine.parse(List.of("--keep-quick"), ALL))
        .isEqualTo(new CommandLine(ALL, true, true));
  }

  @Test
  void saysWhatItKnows() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("three"), ALL))
        .hasMessage("expected one, two, --quick or --keep-quick, found three; --help tells more");
  }

  private static Benchmark named(String name) {
    return new Benchmark() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String question() {
        return name + "?";
      }

      @Override
      public Section run(Setting setting) {
        return new Section(List.of(), List.of(), List.of());
      }
    };
  }
}
