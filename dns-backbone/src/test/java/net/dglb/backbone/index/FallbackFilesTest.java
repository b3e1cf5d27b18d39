package net.dglb.backbone.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.dglb.backbone.Samples;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.dns.prefix.PrefixTable;
import net.dglb.net.Location;
import net.dglb.net.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FallbackFilesTest {

  private static final Location PARIS = new Location(49, 2);
  private static final Location LONDON = Anchor.Located.near(Samples.LONDON).location();
  private static final Location TOKYO = Anchor.Located.near(Samples.TOKYO).location();

  private final Path folder;

  FallbackFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsTextFiles() throws Exception {
    FallbackTable map =
        FallbackFiles.computedMap(
            write(
                "map.csv", "# computed", "192.0.2.0/24,lb-tyo, lb-nyc", "", "192.0.2.9/32,lb-tyo"));
    FallbackTable locations =
        FallbackFiles.locations(write("locations.csv", "2001:db8::/32,48.9,2.4"));

    assertThat(anchor(map, "192.0.2.53"))
        .contains(new Anchor.Computed(List.of("lb-tyo", "lb-nyc")));
    assertThat(anchor(map, "192.0.2.9")).contains(new Anchor.Computed(List.of("lb-tyo")));
    assertThat(anchor(map, "192.0.3.1")).isEmpty();
    assertThat(place(locations, "2001:db8:9::1")).contains(PARIS);
  }

  @Test
  void namesTheLineThatIsBroken() {
    assertThatThrownBy(
            () -> FallbackFiles.computedMap(write("bad.csv", "192.0.2.0/24,a", "192.0.2.1/24,a")))
        .isInstanceOf(FallbackFileException.class)
        .hasMessageContaining("bad.csv:2: prefix 192.0.2.1/24 has bits set past its length");
    assertThatThrownBy(
            () -> FallbackFiles.computedMap(write("twice.csv", "192.0.2.0/24,a", "192.0.2.0/24,b")))
        .hasMessageContaining("twice.csv:2: prefix 192.0.2.0/24 stands twice");
    assertThatThrownBy(() -> FallbackFiles.locations(write("far.csv", "192.0.2.0/24,91,0")))
        .hasMessageContaining("far.csv:1: latitude: 91.0 (expected -90 to 90)");
    assertThatThrownBy(() -> FallbackFiles.locations(write("few.csv", "192.0.2.0/24,91")))
        .hasMessageContaining("few.csv:1: 2 fields (expected prefix,latitude,longitude)");
  }

  @Test
  void readsADatabaseWithIpv4NetworksInAnIpv6Tree() throws Exception {
    Path file =
        database(
            new MmdbFixture()
                .city("192.0.2.0/24", Samples.LONDON)
                .city("198.51.100.128/25", Samples.TOKYO)
                .withoutLocation("203.0.113.0/24")
                .city("2001:db8::/32", new Location(48.9, 2.4)));

    FallbackTable table = FallbackFiles.locations(file);

    assertThat(table.size()).isEqualTo(3);
    assertThat(place(table, "192.0.2.53")).contains(LONDON);
    assertThat(place(table, "198.51.100.200")).contains(TOKYO);
    assertThat(place(table, "198.51.100.1")).isEmpty();
    assertThat(place(table, "203.0.113.1")).isEmpty();
    assertThat(place(table, "2001:db8:1::1")).contains(PARIS);
    assertThat(place(table, "::c000:0235")).as("IPv4 in IPv6 is not IPv6").isEmpty();
  }

  @Test
  void refusesADatabaseThatIsBrokenAsAWhole() throws Exception {
    byte[] good = new MmdbFixture().city("192.0.2.0/24", Samples.LONDON).bytes();
    Path cut = Files.write(folder.resolve("cut.mmdb"), Arrays.copyOf(good, 200));

    assertThatThrownBy(() -> FallbackFiles.locations(cut))
        .hasMessageContaining("cut.mmdb: is not a usable MaxMind database");
    assertThatThrownBy(() -> FallbackFiles.locations(write("text.mmdb", "nonsense")))
        .hasMessageContaining("text.mmdb: is not a usable MaxMind database");
  }

  @Test
  void refusesALocationOutsideTheEarth() throws Exception {
    byte[] far = new MmdbFixture().city("192.0.2.0/24", new Location(48.9, 2.4)).bytes();
    byte[] bits = ByteBuffer.allocate(8).putDouble(48.9).array();
    byte[] outside = ByteBuffer.allocate(8).putDouble(148.9).array();
    replace(far, bits, outside);
    Path file = Files.write(folder.resolve("far.mmdb"), far);

    assertThatThrownBy(() -> FallbackFiles.locations(file))
        .hasMessageContaining("far.mmdb")
        .hasMessageContaining("latitude: 148.9 (expected -90 to 90)");
  }

  @Test
  void aTableTakesNoMorePrefixesThanItsBoundAndEachOnce() {
    FallbackTable.Builder table = new FallbackTable.Builder(100_000);
    for (int i = 0; i < 100_000; i++) {
      table.located(
          Prefix.parse("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255) + "/32"), PARIS);
    }
    assertThatThrownBy(() -> table.located(Prefix.parse("192.0.2.0/24"), PARIS))
        .hasMessage("more than 100000 prefixes");
    assertThat(table.build().size()).isEqualTo(100_000);

    FallbackTable.Builder roomy = new FallbackTable.Builder(200_000);
    for (int i = 0; i < 70_000; i++) {
      roomy.located(
          Prefix.parse("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255) + "/32"), PARIS);
    }
    assertThatThrownBy(() -> roomy.located(Prefix.parse("10.0.0.7/32"), PARIS))
        .hasMessage("prefix 10.0.0.7/32 stands twice (expected once)");
    assertThat(roomy.located(Prefix.parse("10.0.0.0/24"), PARIS).build().size()).isEqualTo(70_001);
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private Path database(MmdbFixture fixture) throws IOException {
    return Files.write(folder.resolve("city.mmdb"), fixture.bytes());
  }

  private static void replace(byte[] in, byte[] what, byte[] by) {
    for (int i = 0; i + what.length <= in.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        System.arraycopy(by, 0, in, i, by.length);
        return;
      }
    }
    throw new AssertionError("the octets to replace are not there");
  }

  private static Optional<Location> place(FallbackTable table, String address) {
    return anchor(table, address).map(anchor -> ((Anchor.Located) anchor).location());
  }

  private static Optional<Anchor> anchor(FallbackTable table, String address) {
    AddressBits bits = new AddressBits();
    bits.set(InetAddress.ofLiteral(address));
    int number = PrefixTable.value(table.prefixes().find(bits));
    return number == PrefixTable.NONE ? Optional.empty() : Optional.of(table.anchors().get(number));
  }
}
