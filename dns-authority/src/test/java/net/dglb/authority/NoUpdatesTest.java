package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.dns.slow.TransferSource;
import net.dglb.dns.slow.UpdateAnswer;
import net.dglb.dns.transfer.TransferZone;
import net.dglb.dns.transfer.ZoneSnapshot;
import net.dglb.dns.tsig.KeyFiles;
import net.dglb.dns.tsig.ReceivedMessage;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.node.SeldomLine;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Update;

class NoUpdatesTest {

  private static final String[] RECORDS = {
    "foobar.test. 60 SOA ns.foobar.test. admin.foobar.test. 1 1 1 1 60",
    "foobar.test. 60 NS ns.foobar.test."
  };

  private static final class OneZone implements TransferSource {
    @Override
    public Optional<TransferZone> find(DomainName apex) {
      return apex.equals(DomainName.of("foobar.test"))
          ? Optional.of(TransferZone.of(ZoneSnapshot.of(Records.of(RECORDS))))
          : Optional.empty();
    }

    @Override
    public boolean allows(DomainName apex, Optional<TsigKey> key, InetAddress source) {
      return true;
    }
  }

  @Test
  void saysThatUpdatesOfItsZonesAreNotSupported() throws Exception {
    assertThat(answer(new Update(Name.fromString("foobar.test."))))
        .isEqualTo(
            UpdateAnswer.of(
                Rcode.REFUSED,
                ExtendedError.NOT_SUPPORTED,
                "the zone says what its master file says"));
  }

  @Test
  void hasNothingToDoWithOtherZones() throws Exception {
    assertThat(answer(new Update(Name.fromString("www.foobar.test."))))
        .isEqualTo(UpdateAnswer.of(Rcode.NOTAUTH, ExtendedError.NOT_AUTHORITATIVE, ""));
  }

  @Test
  void anUpdateOfNoZoneIsNone() throws Exception {
    Message none = new Message(4711);
    none.getHeader().setOpcode(Opcode.UPDATE);
    assertThat(answer(none)).isEqualTo(UpdateAnswer.of(Rcode.FORMERR));
  }

  private static UpdateAnswer answer(Message update) throws Exception {
    List<UpdateAnswer> answers = new ArrayList<>();
    new NoUpdates(new OneZone(), new SeldomLine(System::nanoTime))
        .take(
            ReceivedMessage.of(update.toWire(), new KeyFiles(List.of(), Map.of()), Instant.EPOCH),
            InetAddress.ofLiteral("192.0.2.1"),
            answers::add);
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }
}
