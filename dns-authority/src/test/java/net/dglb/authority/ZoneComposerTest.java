package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.authority.ask.FlattenedNames.Flattened;
import net.dglb.mapping.convert.DelegationSigner;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;

class ZoneComposerTest {

  private static final DomainName FOOBAR = DomainName.of("foobar.test");
  private static final List<InetAddress> ADDRESSES =
      List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1"));

  @Test
  void publishesTheDelegationAndTheAliasesOfTheAliasedForm() {
    ZoneComposer.Composed composed = compose(List.of(), aliased("b1.dglb.test", "b2.dglb.test"));

    assertThat(Records.text(composed.records()))
        .containsExactly(
            "lb.foobar.test. 86400 NS b1.dglb.test.",
            "lb.foobar.test. 86400 NS b2.dglb.test.",
            "lb.foobar.test. 86400 DS 0 0 0 " + "0".repeat(64),
            "www.foobar.test. 86400 CNAME www.lb.foobar.test.");
    assertThat(composed.warnings()).isEmpty();
  }

  @Test
  void publishesAddressesOfNameServersInsideTheZoneOnly() {
    ZoneComposer.Composed composed =
        compose(List.of(), aliased("ns.lb.foobar.test", "b2.dglb.test"));

    assertThat(Records.text(composed.records()))
        .contains(
            "ns.lb.foobar.test. 86400 A 192.0.2.1",
            "ns.lb.foobar.test. 86400 AAAA 2001:db8:0:0:0:0:0:1")
        .noneMatch(line -> line.startsWith("b2.dglb.test."));
  }

  @Test
  void letsTheMasterFileWinOverAnAliasAndSaysSo() {
    List<Record> file = Records.of("www.foobar.test. 60 A 203.0.113.1");

    ZoneComposer.Composed composed = compose(file, aliased("b1.dglb.test"));

    assertThat(Records.text(composed.records()))
        .contains("www.foobar.test. 60 A 203.0.113.1", "lb.foobar.test. 86400 NS b1.dglb.test.")
        .noneMatch(line -> line.contains("CNAME"));
    assertThat(composed.warnings())
        .singleElement()
        .asString()
        .startsWith("www.foobar.test: not made an alias of www.lb.foobar.test, since the master");
  }

  @Test
  void letsTheMasterFileWinOverTheDelegationAndSaysSo() {
    List<Record> file = Records.of("x.lb.foobar.test. 60 TXT here");

    ZoneComposer.Composed composed = compose(file, aliased("b1.dglb.test"));

    assertThat(Records.text(composed.records())).noneMatch(line -> line.contains(" NS "));
    assertThat(composed.warnings())
        .singleElement()
        .asString()
        .startsWith("lb.foobar.test: not delegated to the backbone, since the master file has")
        .contains("x.lb.foobar.test TXT");
  }

  @Test
  void namesWhoseDelegationIsNotKnownYetAreNotReady() {
    ZoneComposer.Composed composed = compose(List.of(), aliased());

    assertThat(composed.records()).isEmpty();
    assertThat(composed.notReady().toString())
        .isEqualTo("[lb.foobar.test., *.lb.foobar.test., www.foobar.test.]");
  }

  @Test
  void whatTheMasterFileHoldsIsReadyAtOnce() {
    List<Record> file =
        Records.of("x.lb.foobar.test. 60 TXT here", "www.foobar.test. 60 A 203.0.113.1");

    ZoneComposer.Composed composed = compose(file, aliased());

    assertThat(composed.notReady()).isEmpty();
    assertThat(composed.warnings()).hasSize(2);
  }

  @Test
  void keepsTheDelegationSignerRecordOfADelegatedName() {
    List<Record> file = Records.of("lb.foobar.test. 60 DS 1 13 2 " + "00".repeat(32));

    ZoneComposer.Composed composed = compose(file, aliased("b1.dglb.test"));

    assertThat(composed.warnings()).isEmpty();
    assertThat(Records.text(composed.records())).hasSize(3);
  }

  @Test
  void putsEachNameIntoTheClosestZone() {
    DomainName test = DomainName.of("test");
    List<DomainName> origins = List.of(test, FOOBAR);
    List<ZoneAddition> additions = List.of(aliased("b1.dglb.test"));

    assertThat(ZoneComposer.compose(test, origins, List.of(), additions, Map.of()).records())
        .isEmpty();
    assertThat(ZoneComposer.compose(FOOBAR, origins, List.of(), additions, Map.of()).records())
        .hasSize(3);
  }

  @Test
  void givesTheApexTheAddressesOfItsService() {
    ZoneAddition addition =
        new ZoneAddition(
            DomainName.of("lb.foobar.test"),
            aliased("b1.dglb.test").nameServers(),
            List.of(),
            Map.of(FOOBAR, DomainName.of("www.lb.foobar.test")),
            60);
    Map<DomainName, Flattened> found =
        Map.of(
            FOOBAR,
            new Flattened(
                List.of(InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("2001:db8::7")),
                30));
    List<DomainName> origins = List.of(FOOBAR);
    assertThat(
            Records.text(
                ZoneComposer.compose(FOOBAR, origins, List.of(), List.of(addition), found)
                    .records()))
        .contains("foobar.test. 30 A 192.0.2.7", "foobar.test. 30 AAAA 2001:db8:0:0:0:0:0:7")
        .noneMatch(line -> line.contains("CNAME"));

    List<Record> file = Records.of("foobar.test. 60 A 203.0.113.1");
    ZoneComposer.Composed own =
        ZoneComposer.compose(FOOBAR, origins, file, List.of(addition), found);
    assertThat(Records.text(own.records())).noneMatch(line -> line.contains("192.0.2.7"));
    assertThat(own.warnings())
        .singleElement()
        .asString()
        .startsWith("foobar.test: does not get the addresses of www.lb.foobar.test");
  }

  private static ZoneComposer.Composed compose(List<Record> file, ZoneAddition addition) {
    return ZoneComposer.compose(FOOBAR, List.of(FOOBAR), file, List.of(addition), Map.of());
  }

  private static ZoneAddition aliased(String... servers) {
    Map<DomainName, List<InetAddress>> all = new TreeMap<>();
    for (String server : servers) {
      all.put(DomainName.of(server), ADDRESSES);
    }
    return new ZoneAddition(
        DomainName.of("lb.foobar.test"),
        all,
        List.of(DelegationSigner.of(new byte[36])),
        Map.of(DomainName.of("www.foobar.test"), DomainName.of("www.lb.foobar.test")),
        86400);
  }
}
