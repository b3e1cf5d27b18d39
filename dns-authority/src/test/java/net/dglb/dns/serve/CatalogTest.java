package net.dglb.dns.serve;

import static net.dglb.dns.serve.Asked.answer;
import static net.dglb.dns.serve.Asked.authority;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Transport;
import net.dglb.dns.zone.StaticZone;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import net.dglb.node.Published;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

class CatalogTest {

  private static final StaticZone PARENT =
      Asked.zone(
          "example.test",
          """
          @ 60 SOA ns admin 1 1 1 1 60
          @ 60 NS ns
          www 60 A 192.0.2.1
          child 60 NS ns.child
          child 60 DS 1 13 1 0000000000000000000000000000000000000000
          ns.child 60 A 192.0.2.2
          """);
  private static final StaticZone CHILD =
      Asked.zone(
          "child.example.test", "@ 60 SOA ns admin 2 1 1 1 60\n@ 60 NS ns\n@ 60 A 192.0.2.3\n");
  private static final StaticZone ROOT =
      Asked.zone(
          ".", "@ 60 SOA ns.root. admin.root. 1 1 1 1 60\n@ 60 NS ns.root.\ntest 60 NS ns.test.\n");

  @Test
  void answersFromTheClosestEnclosingZone() {
    Asked asked = new Asked(PARENT, CHILD);
    assertThat(answer(asked.ask("www.example.test", "A"))).hasSize(1);
    assertThat(answer(asked.ask("child.example.test", "A")))
        .containsExactly("child.example.test. 60 A 192.0.2.3");
    assertThat(asked.ask("x.child.example.test", "A").getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(asked.ask("other.test", "A").getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void answersDsFromTheParentIfItIsHereAndWithNoDataFromTheChildIfNot() {
    assertThat(answer(new Asked(PARENT, CHILD).ask("child.example.test", "DS"))).hasSize(1);
    Message childOnly = new Asked(CHILD).ask("child.example.test", "DS");
    assertThat(childOnly.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(authority(childOnly)).hasSize(1);
  }

  @Test
  void servesTheRoot() {
    Asked asked = new Asked(ROOT);
    assertThat(authority(asked.ask("www.example.test", "A")))
        .containsExactly("test. 60 NS ns.test.");
    assertThat(answer(asked.ask(".", "NS"))).containsExactly(". 60 NS ns.root.");
    assertThat(authority(asked.ask("nowhere", "A"))).hasSize(1);
  }

  @Test
  void servesWhatIsPublishedAtOnce() {
    Published<Catalog> published = new Published<>(Catalog.empty());
    InProcessServer server = new InProcessServer(published);
    byte[] query = Asked.query("www.example.test", "A").toWire();
    InetAddress source = Asked.SOURCE;
    assertThat(server.ask(query, source, Transport.UDP)[3] & 15).isEqualTo(Rcode.REFUSED);
    published.publish(Catalog.of(List.of(PARENT)));
    assertThat(server.ask(query, source, Transport.UDP)[3] & 15).isEqualTo(Rcode.NOERROR);
    assertThat(server.counters().answersByRcode()).containsEntry("REFUSED", 1L);
    assertThat(server.counters().queriesByType()).containsEntry("A", 2L);
  }

  @Test
  void refusesTwoZonesWithOneApex() {
    assertThatThrownBy(() -> Catalog.of(List.of(CHILD, CHILD)))
        .hasMessage("two zones with the apex child.example.test");
  }

  @Test
  void answersServfailWhenAZoneFailsAndGoesOn() {
    Zone broken =
        new Zone() {
          @Override
          public DomainName apex() {
            return DomainName.of("broken.test");
          }

          @Override
          public void answer(Query query, Answer answer) {
            throw new IllegalStateException("broken");
          }
        };
    Asked asked = new Asked(PARENT, broken);
    Message answer = asked.ask("www.broken.test", "A");
    assertThat(answer.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(answer.getQuestion().getName()).hasToString("www.broken.test.");
    assertThat(asked.ask("www.example.test", "A").getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(asked.counters().failures()).isEqualTo(1);
    assertThat(asked.counters().answersByRcode()).containsEntry("SERVFAIL", 1L);
  }
}
