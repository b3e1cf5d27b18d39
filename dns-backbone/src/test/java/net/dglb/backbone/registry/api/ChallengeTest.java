package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.dglb.backbone.map.MapKeys;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;

class ChallengeTest {

  private static final DomainName ZONE = DomainName.of("lb.foobar.test");
  private static final SecretKey OLD = new SecretKeySpec(new byte[32], "HmacSHA256");
  private static final SecretKey NEW = new SecretKeySpec(new byte[] {1, 2}, "HmacSHA256");

  @Test
  void whatWasAskedForProvesWhileItsKeyIsKnown() {
    Challenge before = challenge(new MapKeys(OLD, List.of(NEW), List.of()));
    Challenge rolled = challenge(new MapKeys(NEW, List.of(), List.of(OLD)));
    Challenge later = challenge(new MapKeys(NEW, List.of(), List.of()));
    String asked = before.text(ZONE, "foobar");

    assertThat(rolled.isAmong(List.of("x", asked), ZONE, "foobar")).isTrue();
    assertThat(before.isAmong(List.of(rolled.text(ZONE, "foobar")), ZONE, "foobar"))
        .as("another node has rolled already")
        .isTrue();
    assertThat(later.isAmong(List.of(asked), ZONE, "foobar")).isFalse();
    assertThat(rolled.isAmong(List.of(asked), ZONE, "evil")).isFalse();
  }

  private static Challenge challenge(MapKeys keys) {
    return new Challenge(() -> keys);
  }
}
