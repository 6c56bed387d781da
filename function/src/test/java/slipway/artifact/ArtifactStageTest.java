package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeWorld;
import slipway.fault.Rejection;
import slipway.settings.Target;
import slipway.time.CallTime;
import slipway.time.ManualTime;
import slipway.upload.Upload;
import tarballs.Kind;

/** A proof for which the call's time does not suffice: whose fault it is. */
class ArtifactStageTest {
  private static final Target TARGET = FakeWorld.SITE;
  private static final Duration CALL = Duration.ofSeconds(540);

  private final ManualTime clock = new ManualTime(Instant.EPOCH);
  private byte[] bytes = new byte[0];

  @BeforeEach
  void takeAnUploadOfManyReads() throws IOException {
    bytes = Uploads.bytes(Kind.PLAIN_10_GIB);
  }

  @Test
  void whatAWholeCallCannotReadIsTooSlowAndTheSecondTimeTheUploadersToMend() {
    CallTime call = new CallTime(clock, clock, CALL);

    ProofTooSlow slow = catchThrowableOfType(ProofTooSlow.class, () -> prove(call, read -> 100));

    Rejection refusal = slow.rejection();
    assertThat(refusal.code()).isEqualTo("proof-too-long");
    assertThat(refusal)
        .hasMessageContaining("the proof of site-2.tar.gz: expected to take at most 480 s")
        .hasMessageContaining("327680 of " + bytes.length + " bytes")
        .hasMessageContaining("found " + 400L * bytes.length / 327680 + " s");
    assertThat(refusal.nextStep()).startsWith("fallocate --dig-holes disk.raw && tar ");
  }

  @Test
  void aLineThatStandsStillAfterAGoodStartBlamesNobody() {
    CallTime call = new CallTime(clock, clock, CALL);

    comesAgain(call, read -> read < 3 ? 0 : 600);
  }

  @Test
  void aCallWithLittleTimeLeftBlamesNobody() {
    CallTime call = new CallTime(clock, clock, CALL);
    clock.sleep(Duration.ofSeconds(470));

    comesAgain(call, read -> 2);
  }

  @Test
  void aCallWithoutTimeBlamesNobody() {
    CallTime call = new CallTime(clock, clock, CALL);
    clock.sleep(CALL);

    comesAgain(call, read -> 0);
  }

  private void comesAgain(CallTime call, IntFunction<Integer> seconds) {
    assertThatThrownBy(() -> prove(call, seconds))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ProofTooSlow.class)
        .hasMessageContaining("the call's time was used");
  }

  /** Each read takes as many seconds as are told for it, and gives up to 64 KiB. */
  private void prove(CallTime call, IntFunction<Integer> seconds) throws IOException {
    Upload upload = Uploads.of(bytes);
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          private int read;

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            clock.sleep(Duration.ofSeconds(seconds.apply(read++)));
            return super.read(to, offset, length);
          }
        };
    new ArtifactStage(any -> slow).prove(upload, TARGET, call);
  }
}
