package net.dglb.backbone;

import static net.dglb.backbone.refer.Backbone.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.dglb.backbone.registry.Caller;
import net.dglb.backbone.registry.Registration;
import net.dglb.dns.serve.InProcessServer;
import net.dglb.dns.wire.Transport;
import net.dglb.service.EnterpriseZone;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What a node that says that a zone is stored answers from that moment on. */
class AcknowledgedZoneTest {

  private static final Caller AUTHORITY = new Caller("dglb://authority/foobar", "192.0.2.9");

  private final VirtualBackbone backbone = new VirtualBackbone();
  private final List<Integer> seen = new ArrayList<>();

  @Test
  void whoIsToldThatAZoneIsStoredCanAskThatNodeForItAtOnce() {
    ControlPlane node = backbone.start("b1", "198.18.0.1", false);

    register(node, Samples.shortLived(0, "www.lb.foobar.test"));
    register(node, Samples.shortLived(0, "www.lb.foobar.test", "new.lb.foobar.test"));

    assertThat(seen).as("for the zone, and for a service of its next version").hasSize(2);
    assertThat(seen).containsExactly(Rcode.NXDOMAIN, Rcode.NOERROR);
  }

  /** Asks at the moment at which it is told. */
  private void register(ControlPlane node, EnterpriseZone zone) {
    Registration asked = Registration.granted(zone, AUTHORITY);
    node.view().registry().register(asked, _ -> seen.add(ask(node, "new.lb.foobar.test")));
    backbone.advance(Duration.ofSeconds(1));
  }

  private static int ask(ControlPlane node, String name) {
    try {
      byte[] question = query(name, Type.TXT, null).toWire();
      InetAddress resolver = InetAddress.ofLiteral("203.0.113.53");
      byte[] answer =
          new InProcessServer(node.mainCatalog()).ask(question, resolver, Transport.UDP);
      return new Message(answer).getRcode();
    } catch (IOException e) {
      throw new AssertionError("an answer that dnsjava cannot read", e);
    }
  }
}
