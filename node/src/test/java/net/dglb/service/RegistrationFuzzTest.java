package net.dglb.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import net.dglb.config.ConfigException;
import org.junit.jupiter.api.Test;

/** Whatever stands in a document, it is read or refused with problems; nothing else comes out. */
class RegistrationFuzzTest {

  private static final List<String> PIECES =
      List.of(
          "0",
          "-1",
          "7",
          "99999999999999999999",
          "1e400",
          "1ms",
          "0s",
          "9999d",
          "\"\"",
          "[]",
          "{}",
          "null",
          "true",
          "\"*\"",
          "\".\"",
          "\"1.2.3\"",
          "\"::\"",
          "\"192.0.2.1\"",
          "tcp",
          "https",
          "delegated",
          "shared",
          "cache",
          "lb.foobar.test",
          "\"www.lb.foobar.test\"",
          "\n",
          ",",
          " ");

  @Test
  void readsOrRefusesEveryMutation() {
    int read = 0;
    int refused = 0;
    for (int seed = 0; seed < 4000; seed++) {
      String text = mutated(seed);
      try {
        EnterpriseZone zone = RegistrationDocumentTest.read(text);
        assertThat(RegistrationDocumentTest.read(RegistrationDocument.render(zone)))
            .as("seed %d", seed)
            .isEqualTo(zone);
        read++;
      } catch (ConfigException e) {
        assertThat(e.problems()).as("seed %d", seed).isNotEmpty();
        refused++;
      } catch (RuntimeException e) {
        fail("seed " + seed + ":\n" + text, e);
      }
    }
    assertThat(read).as("read").isGreaterThan(50);
    assertThat(refused).as("refused").isGreaterThan(500);
  }

  /** One to three tokens replaced by odd values or by tokens from elsewhere in the document. */
  private static String mutated(int seed) {
    Random random = new Random(seed);
    String text =
        seed % 2 == 0 ? RegistrationDocumentTest.ALIASED : RegistrationDocumentTest.SMALLEST;
    String[] tokens = text.split("(?<=[ ,\\n])|(?=[ ,\\n])", -1);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String piece =
          random.nextInt(3) == 0
              ? tokens[random.nextInt(tokens.length)]
              : PIECES.get(random.nextInt(PIECES.size()));
      tokens[random.nextInt(tokens.length)] = piece;
    }
    return String.join("", tokens);
  }
}
