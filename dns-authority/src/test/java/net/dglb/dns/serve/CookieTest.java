package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import net.dglb.dns.wire.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** DNS cookies, with the examples of RFC 9018, appendix A. */
class CookieTest {

  private static final int COOKIE = 10;
  private static final String CLIENT = "2464c4abcf10c957";
  private static final InetAddress SOURCE = InetAddress.ofLiteral("198.51.100.100");
  private static final long THEN = 1559731985;
  private static final String MADE_THEN = CLIENT + "010000005cf79f111f8130c3eee29480";

  private final Parts parts =
      new Parts(
              Asked.zone(
                  "example.test", "@ 60 SOA ns admin 1 1 1 1 60\n@ 60 NS ns\nwww A 192.0.2.1"))
          .at(THEN);
  private final InProcessServer server = parts.server();

  private static Message query(String cookie) {
    return withCookie(Asked.query("www.example.test", "A"), cookie);
  }

  private static Message withCookie(Message query, String cookie) {
    query.addRecord(
        new OPTRecord(
            1232, 0, 0, 0, List.of(new GenericEDNSOption(COOKIE, HexFormat.of().parseHex(cookie)))),
        Section.ADDITIONAL);
    return query;
  }

  private static Message ask(InProcessServer server, InetAddress source, Message query)
      throws IOException {
    return new Message(server.ask(query.toWire(), source, Transport.UDP));
  }

  private static String cookieOf(Message answer) throws IOException {
    List<EDNSOption> options = answer.getOPT().getOptions(COOKIE);
    assertThat(options).hasSize(1);
    byte[] wire = options.getFirst().toWire();
    return HexFormat.of().formatHex(wire, 4, wire.length);
  }

  @Test
  void givesANewClientTheCookieOfTheStandardsFirstExample() throws IOException {
    Message answer = ask(server, SOURCE, query(CLIENT));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    assertThat(cookieOf(answer)).isEqualTo(MADE_THEN);
  }

  @Test
  void givesAClientOverIpv6TheCookieOfTheStandardsExample() throws IOException {
    InProcessServer other =
        parts
            .secrets("dd3bdf9344b678b185a6f5cb60fca715", Parts.OLDER_SECRET)
            .at(1559741817)
            .server();
    Message query = query("22681ab97d52c298010000005cf7c57926556bd0934c72f8");
    InetAddress source = InetAddress.ofLiteral("2001:db8:220:1:59de:d0f4:8769:82b8");
    assertThat(cookieOf(ask(other, source, query)))
        .as("made under the older secret, still fresh")
        .isEqualTo("22681ab97d52c298010000005cf7c57926556bd0934c72f8");
    parts.at(1559741961);
    InProcessServer later =
        parts
            .secrets("445536bcd2513298075a5d379663c962", "dd3bdf9344b678b185a6f5cb60fca715")
            .server();
    assertThat(cookieOf(ask(later, source, query("22681ab97d52c298"))))
        .isEqualTo("22681ab97d52c298010000005cf7c609a6bb79d16625507a");
  }

  @Test
  void returnsAFreshCookieAsItIsAndAnOlderOneRenewed() throws IOException {
    parts.at(THEN + 1700);
    assertThat(cookieOf(ask(server, SOURCE, query(MADE_THEN)))).isEqualTo(MADE_THEN);
    parts.at(THEN + 1900);
    assertThat(cookieOf(ask(server, SOURCE, query(MADE_THEN))))
        .startsWith(CLIENT + "01000000")
        .isNotEqualTo(MADE_THEN);
  }

  @Test
  void trustsNoCookieOfAnotherSourceOrTimeOrVersion() throws IOException {
    InProcessServer limited =
        parts.guards(new GuardSettings(1, 0, 0, List.of(), List.of())).server();
    InetAddress other = InetAddress.ofLiteral("198.51.100.101");
    assertThat(limited.ask(query(CLIENT).toWire(), SOURCE, Transport.UDP)).isNotEmpty();
    assertThat(limited.ask(query(MADE_THEN).toWire(), SOURCE, Transport.UDP))
        .as("a valid cookie is beyond the limit")
        .isNotEmpty();
    assertThat(limited.ask(query(MADE_THEN).toWire(), other, Transport.UDP)).isEmpty();
    String version = CLIENT + "020000005cf79f111f8130c3eee29480";
    assertThat(limited.ask(query(version).toWire(), SOURCE, Transport.UDP)).isEmpty();
    parts.advanceMillis(10_000);
    parts.setWallClock(Duration.ofSeconds(-311));
    assertThat(limited.ask(query(CLIENT).toWire(), SOURCE, Transport.UDP)).isNotEmpty();
    assertThat(limited.ask(query(MADE_THEN).toWire(), SOURCE, Transport.UDP)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "01", "01020304050607", "010203040506070809", "01020304050607080910111213"})
  void refusesCookiesOfAnImpossibleLength(String cookie) throws IOException {
    assertThat(ask(server, SOURCE, query(cookie)).getRcode()).isEqualTo(Rcode.FORMERR);
  }

  @Test
  void answersAQueryThatOnlyWantsACookie() throws IOException {
    Message answer = ask(server, SOURCE, withCookie(new Message(7), CLIENT));
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getQuestion()).isNull();
    assertThat(cookieOf(answer)).isEqualTo(MADE_THEN);
    Message nothing = new Message(7);
    assertThat(ask(server, SOURCE, nothing).getRcode()).isEqualTo(Rcode.FORMERR);
  }

  @Test
  void sendsNoCookieUnlessOneCame() throws IOException {
    Message query = Asked.query("www.example.test", "A");
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    assertThat(ask(server, SOURCE, query).getOPT().getOptions(COOKIE)).isEmpty();
  }
}
