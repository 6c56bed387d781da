package page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Google's refusals, as they were seen. */
class TroubleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "me@x.org does not have storage.objects.list access to the Google Cloud Storage bucket."
            + " Permission 'storage.objects.list' denied on resource (or it may not exist)."
            + " | storage.objects.list | me@x.org",
        "Required 'compute.instanceGroupManagers.list' permission for 'projects/demo'"
            + " | compute.instanceGroupManagers.list | account",
        "Permission monitoring.timeSeries.list denied (or the resource may not exist)."
            + " | monitoring.timeSeries.list | account",
        "Permission 'logging.views.access' denied on resource (or it may not exist)."
            + " | logging.views.access | account",
        "The caller does not have permission | asked.for.get | account",
      })
  void namesThePermissionAndWhoLacksIt(String sentence, String permission, String who) {
    JsonObject cell = Trouble.refused(sentence, "asked.for.get", "account").cell(Instant.EPOCH);

    assertThat(cell.get("permission").getAsString()).isEqualTo(permission);
    assertThat(cell.get("who").getAsString()).isEqualTo(who);
  }
}
