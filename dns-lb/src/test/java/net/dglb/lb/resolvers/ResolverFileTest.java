package net.dglb.lb.resolvers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ResolverFileTest {

  @Test
  void readsTheNameserverLinesOfAResolvConf() {
    ResolverFile file =
        ResolverFile.parse(
            "resolv.conf",
            """
            # written by the ISP's agent
            ; another comment with nameserver 203.0.113.1
            search example.net
            nameserver 192.0.2.53
            nameserver	2001:db8::53   # the second one
            options edns0
            """);
    assertThat(file.problems()).isEmpty();
    assertThat(file.addresses()).containsExactly(ip("192.0.2.53"), ip("2001:db8::53"));
  }

  @Test
  void readsTheNewestLeaseOnly() {
    ResolverFile file =
        ResolverFile.parse(
            "dhclient.leases",
            """
            lease {
              interface "eth0";
              option domain-name-servers 192.0.2.1;
              renew 5 2026/01/02 09:13:33;
            }
            lease {
              interface "eth0";
              option routers 192.0.2.254;
              option domain-name-servers 192.0.2.2, 192.0.2.3;
              renew 6 2026/01/03 09:13:33;
            }
            """);
    assertThat(file.problems()).isEmpty();
    assertThat(file.addresses()).containsExactly(ip("192.0.2.2"), ip("192.0.2.3"));
  }

  @Test
  void passesOverALeaseThatIsStillBeingWritten() {
    ResolverFile file =
        ResolverFile.parse(
            "dhclient.leases",
            """
            lease {
              option domain-name-servers 192.0.2.2;
            }
            lease {
              option domain-name-servers 192.0.2.
            """);
    assertThat(file.addresses()).containsExactly(ip("192.0.2.2"));
    assertThat(file.notes()).singleElement().asString().startsWith("dhclient.leases:4: ");
  }

  @Test
  void readsTheNewestLeaseOfEachFamily() {
    ResolverFile file =
        ResolverFile.parse(
            "dhclient6.leases",
            """
            lease { option domain-name-servers 203.0.113.9; }
            lease {
              option domain-name-servers 192.0.2.2;
            }
            lease6 {
              interface "eth0";
              ia-na 0a:0b:0c:0d {
                starts 1767225600;
              }
              option dhcp6.name-servers 2001:db8::53,2001:db8::54;
            }
            """);
    assertThat(file.addresses())
        .containsExactly(ip("192.0.2.2"), ip("2001:db8::53"), ip("2001:db8::54"));
  }

  @Test
  void namesFileAndLineOfAnAddressItCannotRead() {
    ResolverFile file =
        ResolverFile.parse("resolv.conf", "nameserver 192.0.2.53\nnameserver ns.example.net\n");
    assertThat(file.usable()).isFalse();
    assertThat(file.problems())
        .containsExactly("resolv.conf:2: \"ns.example.net\" (expected an IPv4 or IPv6 address)");
  }

  @Test
  void refusesAFileThatNamesNoResolver() {
    assertThat(ResolverFile.parse("resolv.conf", "").problems())
        .singleElement()
        .asString()
        .startsWith("resolv.conf:1: names no resolver");
    assertThat(ResolverFile.parse("resolv.conf", "search example.net\n\n").usable()).isFalse();
  }

  @Test
  void passesOverAddressesThatNoResolverSendsFrom() {
    ResolverFile file =
        ResolverFile.parse(
            "resolv.conf", "nameserver fe80::1%eth0\nnameserver 0.0.0.0\nnameserver 192.0.2.53");
    assertThat(file.addresses()).containsExactly(ip("192.0.2.53"));
    assertThat(file.notes()).hasSize(2);
  }

  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }
}
