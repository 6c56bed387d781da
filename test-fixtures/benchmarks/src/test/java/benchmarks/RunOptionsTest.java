package benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunOptionsTest {
  private static final Benchmark ONE = named("one");
  private static final Benchmark TWO = named("two");

  @Test
  void choosesAllWithoutAName() {
    RunOptions options = parse();

    assertThat(options.chosen()).containsExactly(ONE, TWO);
    assertThat(options.quick()).isFalse();
    assertThat(options.kept()).isTrue();
  }

  @Test
  void choosesTheNamedInTheirUsualOrder() {
    assertThat(parse("two", "one").chosen()).containsExactly(ONE, TWO);
    assertThat(parse("--quick", "two").chosen()).containsExactly(TWO);
  }

  @Test
  void keepsNothingOfAQuickRunUnlessAsked() {
    assertThat(parse("--quick").quick()).isTrue();
    assertThat(parse("--quick").kept()).isFalse();
    assertThat(parse("--keep-quick").quick()).isTrue();
    assertThat(parse("--keep-quick").kept()).isTrue();
  }

  @Test
  void saysWhatItKnows() {
    assertThatThrownBy(() -> parse("three")).hasMessageContaining("expected one, two, found three");
    assertThatThrownBy(() -> parse("--slow")).hasMessageContaining("'--slow'");
  }

  private static RunOptions parse(String... words) {
    return RunOptions.parse(List.of(words), List.of(ONE, TWO));
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
