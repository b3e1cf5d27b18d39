package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Every question of a corpus is answered as NSD answers it, section by section. */
@Tag("differential")
class NsdDifferentialTest {

  private static final String[] TYPES = {
    "A", "AAAA", "NS", "SOA", "CNAME", "TXT", "MX", "DS", "HTTPS", "TYPE65280"
  };

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 31})
  void answersAsNsdDoes(long seed) throws Exception {
    assumeTrue(NsdProcess.isInstalled(), "skipped: nsd is not installed (Debian package nsd)");
    RandomZone zone = RandomZone.of(seed);
    Asked asked = new Asked(Asked.zone(RandomZone.APEX, zone.text()));
    List<String> differences = new ArrayList<>();
    int questions = 0;
    try (NsdProcess nsd = NsdProcess.start(folder, RandomZone.APEX, zone.text())) {
      for (String name : new TreeSet<>(zone.names())) {
        for (String type : TYPES) {
          Message query = Asked.query(name, type);
          query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
          String ours = text(asked.ask(query, Transport.UDP));
          String theirs = text(nsd.ask(query));
          questions++;
          if (!ours.equals(theirs)) {
            differences.add(name + " " + type + "\n ours  " + ours + "\n NSD's " + theirs);
          }
        }
      }
    }
    assertThat(questions).isGreaterThan(500);
    assertThat(differences)
        .as("seed %d, %d questions, zone:\n%s", seed, questions, zone.text())
        .isEmpty();
  }

  private static String text(Message message) {
    return Rcode.string(message.getRcode())
        + (message.getHeader().getFlag(Flags.AA) ? " AA" : "")
        + (message.getHeader().getFlag(Flags.TC) ? " TC" : "")
        + " answer "
        + new TreeSet<>(Asked.answer(message))
        + " authority "
        + new TreeSet<>(Asked.authority(message))
        + " additional "
        + new TreeSet<>(Asked.additional(message));
  }
}
