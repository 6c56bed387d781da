package localcloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListingTest extends StoreFixture {
  @Test
  void aListingFoldsNamesAndComesInPages() throws IOException {
    for (String name : List.of("a", "d/1", "d/2", "e/1", "f")) {
      put(name, "x");
    }
    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      Objects page = store.list("uploads", new ListQuery("", "/", "", "", 1, token));
      assertThat(Stream.of(page.getItems(), page.getPrefixes()).filter(l -> l != null)).hasSize(1);
      if (page.getItems() != null) {
        page.getItems().forEach(object -> seen.add(object.getName()));
      } else {
        seen.addAll(page.getPrefixes());
      }
      token = page.getNextPageToken();
    } while (token != null);

    assertThat(seen).containsExactly("a", "d/", "e/", "f");
    assertThat(names(ListQuery.prefix("d/"))).containsExactly("d/1", "d/2");
    assertThat(names(new ListQuery("", "", "d/2", "f", 9, null))).containsExactly("d/2", "e/1");
    assertRefused(400, () -> store.list("uploads", new ListQuery("", "", "", "", 0, null)));
    assertRefused(400, () -> store.list("uploads", new ListQuery("", "", "", "", 1, "?!")));
  }

  @Test
  void namesAreInTheOrderOfTheirBytes() throws IOException {
    // In UTF-16 the second would come first.
    put("\uff5e", "x");
    put("😀", "x");

    assertThat(names(ListQuery.prefix(""))).containsExactly("\uff5e", "😀");
  }

  private List<String> names(ListQuery query) {
    return store.list("uploads", query).getItems().stream().map(StorageObject::getName).toList();
  }
}
