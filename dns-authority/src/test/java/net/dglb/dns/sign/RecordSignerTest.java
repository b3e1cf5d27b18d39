package net.dglb.dns.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;

class RecordSignerTest {

  private static final DomainName ZONE = DomainName.of("example.com");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** The first example of RFC 8080 section 6.1. */
  private static SigningKey exampleOfTheRfc() {
    byte[] dnskey =
        concat(
            new byte[] {1, 1, 3, 15},
            Base64.getDecoder().decode("l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4="));
    byte[] pkcs8 =
        concat(
            HexFormat.of().parseHex("302e020100300506032b657004220420"),
            Base64.getDecoder().decode("ODIyNjAzODQ2MjgwODAxMjI2NDUxOTAyMDQxNDIyNjI="));
    return SigningKey.fromBytes(concat(dnskey, pkcs8));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static RecordSigner signer(Instant now, Duration validity, SigningKey... keys) {
    return new RecordSigner(
        ZONE,
        List.of(keys),
        new SignatureLifetime(Duration.ofHours(1), validity, Duration.ZERO),
        () -> now,
        new Random(1));
  }

  private static RecordSigner signer(SigningKey... keys) {
    return signer(NOW, Duration.ofDays(14), keys);
  }

  @Test
  void makesTheSignatureOfTheRfcsExample() {
    SigningKey key = exampleOfTheRfc();
    Instant now = Instant.ofEpochSecond(1_438_207_200).plus(Duration.ofHours(1));
    Duration validity = Duration.between(now, Instant.ofEpochSecond(1_440_021_600));
    RecordSet mx =
        new RecordSetBuilder(RecordType.MX, 3600, ZONE)
            .dataAndName(new byte[] {0, 10}, DomainName.of("mail.example.com").toWire())
            .build();
    RecordSet signed =
        signer(now, validity, key)
            .sign(mx, "\7EXAMPLE\3com\0".getBytes(StandardCharsets.US_ASCII), ZONE.toWire());
    RRSIGRecord rrsig = rrsigs("example.com", signed).getFirst();
    assertThat(Base64.getEncoder().encodeToString(rrsig.getSignature()))
        .isEqualTo(
            "oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==");
    assertThat(rrsig.getFootprint()).isEqualTo(3613);
    assertThat(HexFormat.of().formatHex(key.ds(ZONE)))
        .isEqualTo("0e1d0f023aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b");
  }

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void makesSignaturesThatAnotherImplementationAccepts(SigningAlgorithm algorithm)
      throws Exception {
    SigningKey key = SigningKey.generate(algorithm, SigningKey.ENTRY_POINT);
    RecordSet addresses =
        new RecordSetBuilder(RecordType.A, 300, ZONE)
            .address(InetAddress.ofLiteral("192.0.2.9"))
            .address(InetAddress.ofLiteral("192.0.2.1"))
            .build();
    verify(
        "www.example.com",
        signer(key).sign(addresses, wire("www.example.com"), ZONE.toWire()),
        key);
    verify("*.example.com", signer(key).sign(addresses, wire("*.example.com"), ZONE.toWire()), key);
    RecordSet servers =
        new RecordSetBuilder(RecordType.NS, 300, ZONE)
            .name("\2NS\7Example\3COM\0".getBytes(StandardCharsets.US_ASCII))
            .name(wire("ns.elsewhere.test"))
            .build();
    verify("example.com", signer(key).sign(servers, ZONE.toWire(), ZONE.toWire()), key);
    RecordSet soa =
        new RecordSetBuilder(RecordType.SOA, 300, ZONE)
            .soa(wire("ns.example.com"), wire("admin.example.com"), new byte[20])
            .build();
    verify("example.com", signer(key).sign(soa, ZONE.toWire(), ZONE.toWire()), key);
  }

  @Test
  void signsWithEveryKeyAndPublishesAll() throws Exception {
    SigningKey one = SigningKey.generate(SigningAlgorithm.ED25519, SigningKey.ENTRY_POINT);
    SigningKey two = SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
    RecordSet keys = signer(one, two).dnskeys(3600);
    assertThat(keys.data(ZONE.toWire())).containsExactly(one.dnskey(), two.dnskey());
    verify("example.com", keys, one);
    verify("example.com", keys, two);
  }

  @Test
  void signaturesBeginBeforeNowAndEndWithinTheJitter() {
    SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, SigningKey.ENTRY_POINT);
    RecordSigner signer =
        new RecordSigner(ZONE, List.of(key), SignatureLifetime.DEFAULT, () -> NOW, new Random(7));
    List<Instant> ends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RRSIGRecord rrsig = rrsigs("example.com", signer.dnskeys(60)).getFirst();
      assertThat(rrsig.getTimeSigned()).isEqualTo(NOW.minus(Duration.ofHours(1)));
      ends.add(rrsig.getExpire());
    }
    assertThat(ends)
        .allMatch(end -> !end.isAfter(NOW.plus(Duration.ofDays(14))))
        .allMatch(end -> !end.isBefore(NOW.plus(Duration.ofDays(13))));
    assertThat(ends.stream().distinct().count()).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void aKeyThatWasStoredIsTheSame(SigningAlgorithm algorithm) throws Exception {
    SigningKey key = SigningKey.generate(algorithm, SigningKey.ZONE_KEY);
    SigningKey read = SigningKey.fromBytes(key.toBytes());
    assertThat(read).isEqualTo(key).hasToString(key.toString());
    assertThat(read.tag()).isEqualTo(record(key).getFootprint());
    assertThat(read.isEntryPoint()).isFalse();
    verify("example.com", signer(read).dnskeys(60), key);
  }

  @Test
  void aDamagedKeyIsRefusedWithoutTellingIt() {
    byte[] bytes = SigningKey.generate(SigningAlgorithm.ED25519, 257).toBytes();
    bytes[bytes.length - 1] ^= 1;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.fromBytes(bytes))
        .withMessage("signing key: damaged (expected what was stored)");
    assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.fromBytes(new byte[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.generate(SigningAlgorithm.ED25519, 1));
  }

  @Test
  void aSignatureOverOtherDataIsNotAccepted() throws Exception {
    SigningKey key = SigningKey.generate(SigningAlgorithm.ECDSA_P256, SigningKey.ENTRY_POINT);
    RecordSet one = text("one");
    RecordSet signed = signer(key).sign(one, wire("a.example.com"), ZONE.toWire());
    List<byte[]> signatures = Objects.requireNonNull(signed.signatures()).data(new byte[1]);
    assertThatCode(() -> verify("a.example.com", one.signed(signatures), key))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> verify("a.example.com", text("two").signed(signatures), key))
        .isInstanceOf(DNSSEC.DNSSECException.class);
  }

  private static RecordSet text(String text) {
    return new RecordSetBuilder(RecordType.TXT, 60, ZONE)
        .data(("\3" + text).getBytes(StandardCharsets.US_ASCII))
        .build();
  }

  private static byte[] wire(String name) {
    return DomainName.of(name).toWire();
  }

  private static DNSKEYRecord record(SigningKey key) {
    return (DNSKEYRecord)
        Record.newRecord(name("example.com"), RecordType.DNSKEY, DClass.IN, 60, key.dnskey());
  }

  private static void verify(String owner, RecordSet set, SigningKey key) throws Exception {
    RRset records = new RRset();
    set.data(ZONE.toWire())
        .forEach(data ->
            records.addRR(
                Record.newRecord(name(owner), set.type(), DClass.IN, set.ttlSeconds(), data)));
    for (RRSIGRecord rrsig : rrsigs(owner, set)) {
      if (rrsig.getFootprint() == key.tag()) {
        DNSSEC.verify(records, rrsig, record(key), NOW);
        return;
      }
    }
    throw new AssertionError("no signature by " + key);
  }

  private static List<RRSIGRecord> rrsigs(String owner, RecordSet set) {
    RecordSet signatures = Objects.requireNonNull(set.signatures());
    assertThat(signatures.ttlSeconds()).isEqualTo(set.ttlSeconds());
    return signatures.data(new byte[1]).stream()
        .map(data ->
            (RRSIGRecord)
                Record.newRecord(
                    name(owner), RecordType.RRSIG, DClass.IN, signatures.ttlSeconds(), data))
        .toList();
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
