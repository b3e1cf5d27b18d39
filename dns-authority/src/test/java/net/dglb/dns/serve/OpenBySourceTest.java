package net.dglb.dns.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;

class OpenBySourceTest {

  private final OpenBySource open = new OpenBySource();

  private static Prefix source(String address) {
    return OpenBySource.source(InetAddress.ofLiteral(address));
  }

  @Test
  void anIpv6HostIsOneSourceWithAllAddressesOfItsNetwork() {
    open.add(source("2001:db8:1:2::1"));
    open.add(source("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertThat(open.count(source("2001:db8:1:2:3:4:5:6"))).isEqualTo(2);
    assertThat(open.count(source("2001:db8:1:3::1"))).as("the next network").isZero();
  }

  @Test
  void anIpv4AddressIsASourceOfItsOwn() {
    open.add(source("192.0.2.1"));
    assertThat(open.count(source("192.0.2.1"))).isEqualTo(1);
    assertThat(open.count(source("192.0.2.2"))).isZero();
  }

  @Test
  void whatIsClosedCountsNoMore() {
    open.add(source("2001:db8::1"));
    open.add(source("2001:db8::2"));
    open.remove(source("2001:db8::1"));
    assertThat(open.count(source("2001:db8::1"))).isEqualTo(1);
    open.remove(source("2001:db8::2"));
    assertThat(open.count(source("2001:db8::1"))).isZero();
  }
}
