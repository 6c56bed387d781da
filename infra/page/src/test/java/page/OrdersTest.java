package page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import page.Settings.Buckets;

/** Where the buckets have names of their own; the usual ones are run by PageReadsTest. */
class OrdersTest {
  @Test
  void withoutTheUsualNamesTheCommandsAreGclouds() {
    Orders orders = new Orders("site", new Buckets("up", "rec", "priv"));

    assertThat(orders.hold())
        .isEqualTo("echo 'why' | gcloud storage cp - gs://priv/orders/site/hold");
    assertThat(orders.release()).isEqualTo("gcloud storage rm gs://priv/orders/site/hold");
    assertThat(orders.approve("ab"))
        .isEqualTo("printf ab | gcloud storage cp - gs://priv/orders/site/approval");
    assertThat(orders.abort("id"))
        .isEqualTo("printf id | gcloud storage cp - gs://priv/orders/site/abort");
    assertThat(orders.rollBack("id"))
        .isEqualTo("printf id | gcloud storage cp - gs://priv/orders/site/roll-back");
  }
}
