package net.dglb.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  @Test
  void aDomainNameIsLowerCaseAndWithoutFinalDot() {
    assertThat(DomainName.of("WWW.Example.ORG.")).isEqualTo(DomainName.of("www.example.org"));
    assertThat(DomainName.of("www.example.org").toString()).isEqualTo("www.example.org");
    assertThat(DomainName.of(".")).isEqualTo(DomainName.ROOT).hasToString(".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a..b", ".a", "a b", "ä.test", "a/b"})
  void refusesWhatIsNoDomainName(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> DomainName.of(text));
  }

  @Test
  void boundsTheLengthOfLabelsAndNames() {
    String label = "a".repeat(63);
    assertThat(DomainName.of(label).labels()).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> DomainName.of(label + "a"));
    String longest = label + "." + label + "." + label + "." + "a".repeat(61);
    assertThat(DomainName.of(longest).toWire()).hasSize(255);
    assertThatIllegalArgumentException().isThrownBy(() -> DomainName.of(longest + "a"));
  }

  @Test
  void aDomainNameKnowsItsParentAndWhatLiesBelowIt() {
    DomainName name = DomainName.of("a.example.org");
    assertThat(name.parent()).isEqualTo(DomainName.of("example.org"));
    assertThat(name.parent().child("a")).isEqualTo(name);
    assertThat(name.isBelow(name.parent())).isTrue();
    assertThat(name.isBelow(name)).isFalse();
    assertThat(name.isAtOrBelow(name)).isTrue();
    assertThat(DomainName.of("a.badexample.org").isBelow(name.parent())).isFalse();
    assertThat(DomainName.ROOT.parent()).isEqualTo(DomainName.ROOT);
  }

  /** The example of RFC 4034 section 6.1, without its escaped labels. */
  @Test
  void domainNamesSortInCanonicalOrder() {
    assertThat(
            Stream.of("z.example", "yljkjljk.a.example", "example", "a.example", "zabc.a.example")
                .map(DomainName::of)
                .sorted())
        .extracting(DomainName::toString)
        .containsExactly(
            "example", "a.example", "yljkjljk.a.example", "zabc.a.example", "z.example");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
    "192.0.2.128/25, 192.0.2.128, 192.0.2.127",
    "192.0.2.1, 192.0.2.1, 192.0.2.2",
    "0.0.0.0/0, 255.255.255.255, ::1",
    "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::",
    "::/0, ffff::, 192.0.2.1"
  })
  void aPrefixContainsItsAddressesAndNoOthers(String prefix, String inside, String outside) {
    assertThat(Prefix.parse(prefix).contains(InetAddress.ofLiteral(inside))).isTrue();
    assertThat(Prefix.parse(prefix).contains(InetAddress.ofLiteral(outside))).isFalse();
  }

  @Test
  void aPrefixContainsLongerOnesOfItsFamily() {
    Prefix ten = Prefix.parse("10.0.0.0/8");
    assertThat(ten.contains(Prefix.parse("10.1.0.0/16"))).isTrue();
    assertThat(ten.contains(ten)).isTrue();
    assertThat(Prefix.parse("10.1.0.0/16").contains(ten)).isFalse();
    assertThat(Prefix.parse("0.0.0.0/0").contains(Prefix.parse("::/0"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1/8",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "example.org",
        "10.0.0.0/8/8",
        "",
        "/8",
        "010.0.0.0/8"
      })
  void refusesWhatIsNoCanonicalPrefix(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Prefix.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.1", "1", "010.0.0.1", "256.0.0.1", "1.2.3.4.5", "0x7f.0.0.1", ":", ""})
  void refusesWhatIsNoFullAddress(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AddressLiteral.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:0:0:0:0:0:1, 2001:db8::1",
    "2001:0DB8::0001:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "::, ::"
  })
  void anAddressIsWrittenInTheShortForm(String text, String expected) {
    assertThat(AddressLiteral.text(AddressLiteral.parse(text))).isEqualTo(expected);
  }

  @Test
  void findsThePrefixOfAnAddress() {
    InetAddress address = InetAddress.ofLiteral("2001:db8:1234::1");
    assertThat(Prefix.containing(address, 32)).isEqualTo(Prefix.parse("2001:db8::/32"));
    assertThat(Prefix.of(address).length()).isEqualTo(128);
    assertThat(Prefix.containing(address, 0).toString()).endsWith("/0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:53", "0.0.0.0:0", "[::1]:65535"})
  void anEndpointReadsWhatItWrites(String text) {
    assertThat(Endpoint.parse(text)).hasToString(text);
    assertThat(Endpoint.parse(text).toSocketAddress().isUnresolved()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":53",
        "127.0.0.1",
        "::1:53",
        "[::1]",
        "127.0.0.1:65536",
        "127.0.0.1:x",
        "localhost:53",
        "[127.0.0.1:53",
        "[]:53"
      })
  void refusesWhatIsNoEndpoint(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(text));
  }

  @Test
  void measuresTheDistanceOnTheGlobe() {
    Location frankfurt = new Location(50.11, 8.68);
    Location newYork = new Location(40.71, -74.01);
    assertThat(frankfurt.kilometresTo(newYork)).isCloseTo(6200, within(30.0));
    assertThat(newYork.kilometresTo(frankfurt)).isEqualTo(frankfurt.kilometresTo(newYork));
    assertThat(new Location(0, 180).kilometresTo(new Location(0, -180))).isCloseTo(0, within(0.1));
    assertThat(new Location(90, 0).kilometresTo(new Location(-90, 0)))
        .isCloseTo(20015, within(1.0));
  }

  @Test
  void refusesAPlaceThatIsNotOnTheGlobe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Location(90.1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Location(0, -180.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Location(Double.NaN, 0));
  }

  @Test
  void knowsTheFamilyOfAnAddress() {
    assertThat(AddressFamily.of(InetAddress.ofLiteral("192.0.2.1"))).isEqualTo(AddressFamily.IPV4);
    assertThat(AddressFamily.of(InetAddress.ofLiteral("::1"))).isEqualTo(AddressFamily.IPV6);
    assertThat(AddressFamily.of(InetAddress.ofLiteral("::ffff:192.0.2.1")))
        .as("a mapped address is the IPv4 address that it maps")
        .isEqualTo(AddressFamily.IPV4);
  }
}
