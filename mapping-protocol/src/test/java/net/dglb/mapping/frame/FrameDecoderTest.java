package net.dglb.mapping.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Goodbye;
import net.dglb.mapping.wire.SignedSet;
import net.dglb.mapping.wire.SignedSets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

  private static final int LIMIT = 64 * 1024;

  private final FrameDecoder decoder = new FrameDecoder(LIMIT);

  @Test
  void theLengthIsBigEndianAndDoesNotCountItself() {
    Frame frame = goodbye("x".repeat(300));
    Buffer bytes = FrameEncoder.encode(frame);
    assertThat(bytes.getInt(0)).isEqualTo(frame.getSerializedSize()).isEqualTo(bytes.length() - 4);
  }

  @Test
  void manyFramesInOneReadComeOutOneByOne() {
    Buffer all = Buffer.buffer();
    List<Frame> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(goodbye("reason " + i));
      all.appendBuffer(FrameEncoder.encode(sent.getLast()));
    }
    decoder.append(all);
    assertThat(drain()).isEqualTo(sent);
    assertThat(decoder.next()).isInstanceOf(FrameVerdict.NeedMore.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 1000, 1460})
  void framesCutAnywhereAreJoined(int piece) {
    List<Frame> sent = List.of(goodbye("first"), sized(LIMIT - 100), goodbye("last"));
    Buffer all = Buffer.buffer();
    sent.forEach(frame -> all.appendBuffer(FrameEncoder.encode(frame)));
    List<Frame> received = new ArrayList<>();
    for (int from = 0; from < all.length(); from += piece) {
      decoder.append(all.getBuffer(from, Math.min(all.length(), from + piece)));
      received.addAll(drain());
    }
    assertThat(received).isEqualTo(sent);
  }

  @Test
  void aFrameOfExactlyTheLimitIsAcceptedAndOneByteMoreIsNot() {
    Frame frame = goodbye("exact");
    FrameDecoder exact = new FrameDecoder(frame.getSerializedSize());
    exact.append(FrameEncoder.encode(frame));
    assertThat(exact.next()).isInstanceOf(FrameVerdict.Complete.class);

    FrameDecoder smaller = new FrameDecoder(frame.getSerializedSize() - 1);
    smaller.append(FrameEncoder.encode(frame));
    assertThat(smaller.next())
        .isInstanceOfSatisfying(
            FrameVerdict.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ERROR_FRAME_TOO_LARGE));
  }

  @Test
  void aLargeLengthIsRefusedBeforeAnyOfItsBytesComes() {
    decoder.append(Buffer.buffer(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff}));
    assertThat(decoder.next())
        .isEqualTo(
            new FrameVerdict.Refused(
                ErrorCode.ERROR_FRAME_TOO_LARGE,
                "frame of 4294967295 bytes (expected at most 65536)"));
  }

  @Test
  void anEmptyFrameIsRefused() {
    decoder.append(Buffer.buffer(new byte[4]));
    assertThat(decoder.next())
        .isEqualTo(
            new FrameVerdict.Refused(
                ErrorCode.ERROR_MALFORMED, "frame of 0 bytes (expected at least 1)"));
  }

  @Test
  void afterARefusalNothingIsTakenAnyMore() {
    decoder.append(Buffer.buffer(new byte[4]));
    FrameVerdict first = decoder.next();
    decoder.append(FrameEncoder.encode(goodbye("too late")));
    assertThat(decoder.next()).isEqualTo(first);
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] bytes = FrameEncoder.encode(goodbye("aa")).getBytes();
    bytes[bytes.length - 1] = (byte) 0xff;
    decoder.append(Buffer.buffer(bytes));
    assertThat(decoder.next()).isInstanceOf(FrameVerdict.Refused.class);
  }

  @Test
  void randomBytesNeverThrow() {
    Random random = new Random(20261120);
    for (int run = 0; run < 20_000; run++) {
      FrameDecoder fresh = new FrameDecoder(LIMIT);
      byte[] body = new byte[random.nextInt(200)];
      random.nextBytes(body);
      if (random.nextBoolean()) {
        fresh.append(Buffer.buffer().appendInt(body.length));
      }
      fresh.append(Buffer.buffer(body));
      settle(fresh);
    }
  }

  @Test
  void mutatedFramesNeverThrow() {
    Random random = new Random(20261121);
    List<byte[]> seeds = GoldenFrames.all().stream().map(GoldenFrames.Golden::bytes).toList();
    for (int run = 0; run < 50_000; run++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(10) == 0 ? random.nextInt(4) : random.nextInt(bytes.length);
        bytes[at] = (byte) random.nextInt(256);
      }
      FrameDecoder fresh = new FrameDecoder(LIMIT);
      int cut = random.nextInt(bytes.length + 1);
      fresh.append(Buffer.buffer(bytes).getBuffer(0, cut));
      settle(fresh);
      fresh.append(Buffer.buffer(bytes).getBuffer(cut, bytes.length));
      settle(fresh);
    }
  }

  private static void settle(FrameDecoder decoder) {
    for (int i = 0; decoder.next() instanceof FrameVerdict.Complete; i++) {
      assertThat(i).as("frames in a few bytes").isLessThan(100);
    }
  }

  private List<Frame> drain() {
    List<Frame> frames = new ArrayList<>();
    while (decoder.next() instanceof FrameVerdict.Complete(Frame frame, _)) {
      frames.add(frame);
    }
    return frames;
  }

  private static Frame goodbye(String reason) {
    return Frame.newBuilder().setGoodbye(Goodbye.newBuilder().setReason(reason)).build();
  }

  private static Frame sized(int bytes) {
    return Frame.newBuilder()
        .setSignedSets(
            SignedSets.newBuilder()
                .addSets(SignedSet.newBuilder().addData(ByteString.copyFrom(new byte[bytes]))))
        .build();
  }
}
