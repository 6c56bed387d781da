package page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WishesTest {
  private static final String GROUP =
      "group/projects/demo/zones/us-west1-a/instanceGroupManagers/g";

  @Test
  void aTabMayAskForSeveralAndNonsenseIsPassedOver() {
    Wishes wishes = Wishes.of("history=site&group=" + GROUP + "&history=../x&group=group/x&y");

    assertThat(wishes.histories()).containsExactly("site");
    assertThat(wishes.groups()).containsExactly(GROUP);
  }

  @Test
  void allTabsWishesCountTogether() {
    Wishes all = Wishes.all(List.of(Wishes.of("history=a"), Wishes.NONE, Wishes.of("history=b")));

    assertThat(all.histories()).containsExactly("a", "b");
  }
}
