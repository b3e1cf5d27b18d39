package net.dglb.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import net.dglb.net.AddressFamily;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class WalkTest {

  private static final String ROOT = "192.0.2.1";

  private final ScriptedServers servers = new ScriptedServers();

  @Test
  void followsReferralsWithGlueDownToTheAnswer() throws Exception {
    servers
        .reply(
            ROOT,
            "www.a.test",
            Type.A,
            "authority test. 60 NS n.test.",
            "glue n.test. 60 A 192.0.2.2")
        .reply(
            "192.0.2.2",
            "www.a.test",
            Type.A,
            "authority a.test. 60 NS n.a.test.",
            "glue n.a.test. 60 A 192.0.2.3")
        .reply("192.0.2.3", "www.a.test", Type.A, "answer www.a.test. 60 A 198.51.100.1");

    Trace trace = walk("www.a.test.");

    assertThat(trace.answer()).extracting(Record::rdataToString).containsExactly("198.51.100.1");
    assertThat(trace.hops())
        .extracting(hop -> hop.verdict().words())
        .containsExactly(
            "referral to test: n.test", "referral to a.test: n.a.test", "answer: 198.51.100.1");
  }

  @Test
  void looksUpANameServerThatCameWithoutGlue() throws Exception {
    servers
        .reply(ROOT, "www.a.test", Type.A, "authority a.test. 60 NS n.other.")
        .reply(ROOT, "n.other", Type.A, "answer n.other. 60 A 192.0.2.3")
        .reply("192.0.2.3", "www.a.test", Type.A, "answer www.a.test. 60 A 198.51.100.1");

    Trace trace = walk("www.a.test.");

    assertThat(trace.answered()).as(trace.conclusion()).isTrue();
    assertThat(trace.hops()).extracting(Hop::depth).containsExactly(0, 1, 0);
  }

  @Test
  void doesNotBelieveGlueFromOutsideTheZoneThatWasAsked() throws Exception {
    servers
        .reply(
            ROOT,
            "www.a.test",
            Type.A,
            "authority a.test. 60 NS n.a.test.",
            "glue n.a.test. 60 A 192.0.2.2")
        .reply(
            "192.0.2.2",
            "www.a.test",
            Type.A,
            "authority www.a.test. 60 NS n.other.",
            "glue n.other. 60 A 203.0.113.66")
        .reply(ROOT, "n.other", Type.A, "answer n.other. 60 A 192.0.2.3")
        .reply("192.0.2.3", "www.a.test", Type.A, "answer www.a.test. 60 A 198.51.100.1");

    Trace trace = walk("www.a.test.");

    assertThat(trace.hops())
        .extracting(hop -> hop.server().address().getHostAddress())
        .containsExactly(ROOT, "192.0.2.2", ROOT, "192.0.2.3");
  }

  @Test
  void followsAnAliasFromTheDeepestZoneItKnows() throws Exception {
    servers
        .reply(
            ROOT,
            "www.a.test",
            Type.A,
            "authority a.test. 60 NS n.a.test.",
            "glue n.a.test. 60 A 192.0.2.2")
        .reply("192.0.2.2", "www.a.test", Type.A, "answer www.a.test. 60 CNAME other.a.test.")
        .reply("192.0.2.2", "other.a.test", Type.A, "answer other.a.test. 60 A 198.51.100.1");

    Trace trace = walk("www.a.test.");

    assertThat(trace.hops())
        .extracting(hop -> hop.verdict().words())
        .containsExactly(
            "referral to a.test: n.a.test", "alias to other.a.test", "answer: 198.51.100.1");
  }

  @Test
  void asksTheNextServerWhenOneDoesNotAnswer() throws Exception {
    servers
        .reply(
            ROOT,
            "www.a.test",
            Type.A,
            "authority a.test. 60 NS n1.a.test.",
            "authority a.test. 60 NS n2.a.test.",
            "glue n1.a.test. 60 A 192.0.2.99",
            "glue n2.a.test. 60 A 192.0.2.3")
        .reply("192.0.2.3", "www.a.test", Type.A, "answer www.a.test. 60 A 198.51.100.1");

    Trace trace = walk("www.a.test.");

    assertThat(trace.answered()).as(trace.conclusion()).isTrue();
    assertThat(trace.hops().get(1).verdict().words()).contains("no answer within 100 ms");
  }

  @Test
  void endsAtAnAliasThatPointsBack() throws Exception {
    servers
        .reply(ROOT, "a.test", Type.A, "answer a.test. 60 CNAME b.test.")
        .reply(ROOT, "b.test", Type.A, "answer b.test. 60 CNAME a.test.");

    Trace trace = walk("a.test.");

    assertThat(trace.answered()).isFalse();
    assertThat(trace.conclusion()).isEqualTo("the aliases go in a circle at a.test");
  }

  @Test
  void endsAtNameServersThatNeedOneAnother() throws Exception {
    servers
        .reply(ROOT, "www.a.test", Type.A, "authority a.test. 60 NS n.b.test.")
        .reply(ROOT, "n.b.test", Type.A, "authority b.test. 60 NS n.a.test.")
        .reply(ROOT, "n.a.test", Type.A, "authority a.test. 60 NS n.b.test.");

    Trace trace = walk("www.a.test.");

    assertThat(trace.answered()).isFalse();
    assertThat(trace.conclusion())
        .isEqualTo("no IPv4 address is known of a server of a.test, and this asks over IPv4");
  }

  @Test
  void doesNotFollowAReferralThatLeadsUp() throws Exception {
    servers
        .reply(
            ROOT,
            "www.a.test",
            Type.A,
            "authority a.test. 60 NS n.a.test.",
            "glue n.a.test. 60 A 192.0.2.2")
        .reply(
            "192.0.2.2",
            "www.a.test",
            Type.A,
            "authority test. 60 NS n.a.test.",
            "glue n.a.test. 60 A 192.0.2.2");

    Trace trace = walk("www.a.test.");

    assertThat(trace.conclusion()).isEqualTo("a referral to test, which is not below a.test");
    assertThat(trace.hops()).hasSize(2);
  }

  @Test
  void tellsANameThatDoesNotExistFromOneWithoutTheType() throws Exception {
    String soa = "authority test. 60 SOA n.test. h.test. 1 2 3 4 5";
    servers
        .reply(ROOT, "no.test", Type.A, "NXDOMAIN", soa)
        .reply(ROOT, "yes.test", Type.A, soa)
        .reply(ROOT, "out.test", Type.A, "REFUSED");

    assertThat(walk("no.test.").conclusion()).isEqualTo("the name does not exist (NXDOMAIN)");
    assertThat(walk("yes.test.").conclusion()).contains("has no record of this type");
    assertThat(walk("out.test.").conclusion()).isEqualTo("the server says REFUSED");
  }

  @Test
  void writesEveryHopWithItsRecordsAndTheNodeThatAnswered() throws Exception {
    servers.reply(ROOT, "a.test", Type.A, "answer a.test. 60 A 198.51.100.1");

    Trace trace = walk("a.test.");

    assertThat(new TraceText(address -> Optional.of("root r1")).of(trace))
        .contains("1. 192.0.2.1 = root r1  a.test A?  UDP, 1.0 ms")
        .contains("answer: 198.51.100.1")
        .containsPattern("a\\.test\\. +60 +A +198\\.51\\.100\\.1");
    JsonObject hop = new TraceJson(NodeLabels.NONE).of(trace).getJsonArray("hops").getJsonObject(0);
    assertThat(hop.getString("kind")).isEqualTo("answer");
    assertThat(hop.getString("name")).isEqualTo("a.test.");
  }

  private Trace walk(String name) throws Exception {
    List<InetAddress> roots = List.of(InetAddress.ofLiteral(ROOT));
    TraceRequest request =
        new TraceRequest(
            Name.fromString(name), Type.A, roots, 53, Optional.empty(), AddressFamily.IPV4);
    return Walk.of(request, servers);
  }
}
