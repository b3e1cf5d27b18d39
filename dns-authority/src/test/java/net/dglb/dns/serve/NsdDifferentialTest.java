package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.dglb.dns.sign.SignedZones;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ExtendedFlags;
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

  private static final String[] SIGNED_TYPES = {
    "A", "AAAA", "NS", "SOA", "CNAME", "TXT", "DS", "NSEC", "DNSKEY", "TYPE65280"
  };

  private static final int DNSSEC_OK = ExtendedFlags.DO;

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 31})
  void answersAsNsdDoes(long seed) throws Exception {
    assumeTrue(NsdProcess.isInstalled(), "skipped: nsd is not installed (Debian package nsd)");
    RandomZone zone = RandomZone.of(seed);
    compare(seed, zone, zone.text(), TYPES, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 31})
  void provesAsNsdDoes(long seed) throws Exception {
    assumeTrue(NsdProcess.isInstalled(), "skipped: nsd is not installed (Debian package nsd)");
    RandomZone zone = RandomZone.withSignedDelegations(seed);
    String signed =
        SignedZones.text(SignedZones.records(RandomZone.APEX, zone.text(), SignedZones.key()));
    compare(seed, zone, signed, SIGNED_TYPES, DNSSEC_OK);
    compare(seed, zone, signed, TYPES, 0);
  }

  private void compare(long seed, RandomZone zone, String text, String[] types, int flags)
      throws Exception {
    Asked asked = new Asked(Asked.zone(RandomZone.APEX, text));
    List<String> differences = new ArrayList<>();
    int questions = 0;
    try (NsdProcess nsd = NsdProcess.start(folder, RandomZone.APEX, text)) {
      for (String name : new TreeSet<>(zone.names())) {
        for (String type : types) {
          Message query = Asked.query(name, type);
          query.addRecord(new OPTRecord(4096, 0, 0, flags), Section.ADDITIONAL);
          if (questions % 3 == 0) { // ignored, as BIND and Knot do too
            query.getHeader().setFlag(Flags.TC);
          }
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
    assertThat(differences).as("seed %d, %d questions, zone:\n%s", seed, questions, text).isEmpty();
  }

  private static String text(Message message) {
    return Rcode.string(message.getRcode())
        + (message.getHeader().getFlag(Flags.AA) ? " AA" : "")
        + (message.getHeader().getFlag(Flags.TC) ? " TC" : "")
        + " answer "
        + sorted(Asked.answer(message))
        + " authority "
        + sorted(Asked.authority(message))
        + " additional "
        + sorted(Asked.additional(message));
  }

  /** A record that is there twice stays so. */
  private static List<String> sorted(List<String> records) {
    return records.stream().sorted().toList();
  }
}
