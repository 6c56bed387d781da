package localcloud.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
  @ParameterizedTest
  @ValueSource(strings = {"plain", "/a b/c", "it's", "$HOME `id` \"x\" \\ *", "", "~", "a\nb"})
  void aShellReadsTheWordBack(String word) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Shell.quote(word)).start();
    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8)).isEqualTo(word);
    assertThat(shell.waitFor()).isZero();
  }
}
