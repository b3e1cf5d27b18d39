package net.dglb.lb.sign;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.dglb.decision.Answers;
import net.dglb.decision.HttpsAnswers;
import net.dglb.dns.sign.RecordSigner;
import net.dglb.dns.sign.SigningKey;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.zone.ServiceBinding;
import net.dglb.dns.zone.SoaSettings;
import net.dglb.lb.duty.HeldDuty;
import net.dglb.lb.duty.KnownService;
import net.dglb.mapping.convert.SignedLabel;
import net.dglb.mapping.convert.SignedLabel.SignedSet;
import net.dglb.net.AddressFamily;
import net.dglb.net.DomainName;
import net.dglb.service.AllDown;
import net.dglb.service.HttpsBinding;
import net.dglb.service.Service;
import net.dglb.service.Site;

/**
 * The record sets of a label that may be answered, before they are signed: SOA, NS, the keys, each
 * address of each site alone, all together or others where that is answered while every site is
 * down, the HTTPS records that go with them, and the one NSEC record of a zone with only an apex,
 * for each choice of address families. Where answers hold several addresses, behind these the sets
 * that are answered now or were lately.
 */
final class LabelRecords {

  private static final int REFRESH_SECONDS = 3_600;
  private static final int RETRY_SECONDS = 600;
  private static final int EXPIRE_SECONDS = 86_400;

  /** A site with more pairs of addresses is answered without hints where both families are. */
  private static final int MAX_PAIRS = 64;

  private static final int TAG_OFFSET = 16;

  private record Unsigned(int type, int ttlSeconds, List<byte[]> data) {

    /** The same for the same records in any order. */
    Object key() {
      return LabelRecords.key(type, strings(data));
    }
  }

  private static Object key(int type, List<ByteString> data) {
    return Map.entry(type, Set.copyOf(data));
  }

  /**
   * Sets of several addresses; of what is answered beyond that the best address is signed alone.
   */
  static final int MOST_TOGETHER = 256;

  private final DomainName apex;
  private final String label;
  private final Service service;
  private final List<Unsigned> sets = new ArrayList<>();
  private final List<Unsigned> together = new ArrayList<>();

  /**
   * Gathers the sets.
   *
   * @param nameServers the label's NS set
   * @param keys data of the DNSKEY records
   * @param keySeconds their TTL
   */
  LabelRecords(
      HeldDuty duty,
      KnownService known,
      List<DomainName> nameServers,
      Duration nameServerTtl,
      List<byte[]> keys,
      int keySeconds,
      Instant now) {
    apex = duty.label().apex();
    label = duty.label().place();
    service = known.service();
    int nsSeconds = (int) nameServerTtl.toSeconds();
    int addressSeconds = (int) service.ttls().answer().toSeconds();
    SoaSettings soa =
        new SoaSettings(
            nameServers.getFirst(),
            known.origin().child("hostmaster"),
            now.getEpochSecond() & 0xffffffffL,
            REFRESH_SECONDS,
            RETRY_SECONDS,
            EXPIRE_SECONDS,
            addressSeconds,
            nsSeconds);
    sets.add(new Unsigned(RecordType.SOA, nsSeconds, soa.compile(apex).data(apex.toWire())));
    sets.add(
        new Unsigned(
            RecordType.NS, nsSeconds, nameServers.stream().map(DomainName::toWire).toList()));
    sets.add(new Unsigned(RecordType.DNSKEY, keySeconds, keys));
    addAddresses(RecordType.A, AddressFamily.IPV4, addressSeconds);
    addAddresses(RecordType.AAAA, AddressFamily.IPV6, addressSeconds);
    service.answering().https().ifPresent(binding -> addHttps(binding, addressSeconds));
    addDenials(addressSeconds);
  }

  /** Also needs the sets that go with what is answered now: the same ones in any order. */
  void answered(Answers ipv4, Answers ipv6) {
    int seconds = (int) service.ttls().answer().toSeconds();
    List<Unsigned> wanted = new ArrayList<>();
    ipv4.choices().forEach(it -> wanted.add(addresses(RecordType.A, seconds, it.addresses())));
    ipv6.choices().forEach(it -> wanted.add(addresses(RecordType.AAAA, seconds, it.addresses())));
    service.answering().https().stream()
        .flatMap(binding ->
            HttpsAnswers.of(ipv4, ipv6).choices().stream()
                .map(it -> ServiceBinding.encode(binding, it)))
        .forEach(data -> wanted.add(new Unsigned(RecordType.HTTPS, seconds, data)));
    Set<Object> known = new HashSet<>();
    sets.forEach(set -> known.add(set.key()));
    for (Unsigned set : wanted) {
      if (set.data().size() > 1 && together.size() < MOST_TOGETHER && known.add(set.key())) {
        together.add(set);
      }
    }
  }

  /**
   * What HTTPS records may say: nothing of addresses first, for answers whose addresses belong to
   * two sites or have no site; then each pair of a site's addresses, and each address alone.
   */
  private void addHttps(HttpsBinding binding, int ttlSeconds) {
    Set<HttpsAnswers.Hints> hints = new LinkedHashSet<>();
    hints.add(new HttpsAnswers.Hints(List.of(), List.of()));
    for (Site site : service.sites()) {
      List<InetAddress> ipv4 = site.addresses(AddressFamily.IPV4);
      List<InetAddress> ipv6 = site.addresses(AddressFamily.IPV6);
      ipv4.forEach(four -> hints.add(new HttpsAnswers.Hints(List.of(four), List.of())));
      ipv6.forEach(six -> hints.add(new HttpsAnswers.Hints(List.of(), List.of(six))));
      if (ipv4.size() * ipv6.size() <= MAX_PAIRS) {
        ipv4.forEach(four ->
            ipv6.forEach(six -> hints.add(new HttpsAnswers.Hints(List.of(four), List.of(six)))));
      }
    }
    for (HttpsAnswers.Hints said : hints) {
      byte[] data = ServiceBinding.encode(1, binding, said);
      sets.add(new Unsigned(RecordType.HTTPS, ttlSeconds, List.of(data)));
    }
  }

  private void addAddresses(int type, AddressFamily family, int ttlSeconds) {
    List<InetAddress> all =
        service.sites().stream().flatMap(site -> site.addresses(family).stream()).toList();
    List<InetAddress> others =
        service.allDown().addresses().stream()
            .filter(address -> AddressFamily.of(address) == family)
            .toList();
    Stream.concat(all.stream(), others.stream())
        .distinct()
        .forEach(address -> sets.add(addresses(type, ttlSeconds, List.of(address))));
    if (others.size() > 1) {
      sets.add(addresses(type, ttlSeconds, others));
    }
    if (service.allDown().answer() == AllDown.Rule.ALL
        && all.size() > 1
        && all.size() <= Site.MAX_ADDRESSES) {
      sets.add(addresses(type, ttlSeconds, all));
    }
  }

  private static Unsigned addresses(int type, int ttlSeconds, List<InetAddress> addresses) {
    return new Unsigned(type, ttlSeconds, addresses.stream().map(InetAddress::getAddress).toList());
  }

  /** The usual one first: with the families that the service has. */
  private void addDenials(int ttlSeconds) {
    boolean four = has(RecordType.A);
    boolean six = has(RecordType.AAAA);
    sets.add(denial(ttlSeconds, four, six));
    if (four && six) {
      sets.add(denial(ttlSeconds, true, false));
      sets.add(denial(ttlSeconds, false, true));
    }
    if (four || six) {
      sets.add(denial(ttlSeconds, false, false));
    }
  }

  private boolean has(int type) {
    return sets.stream().anyMatch(set -> set.type() == type);
  }

  private Unsigned denial(int ttlSeconds, boolean four, boolean six) {
    List<Integer> types =
        new ArrayList<>(
            List.of(
                RecordType.NS,
                RecordType.SOA,
                RecordType.RRSIG,
                RecordType.NSEC,
                RecordType.DNSKEY));
    if (four) {
      types.add(RecordType.A);
    }
    if (six) {
      types.add(RecordType.AAAA);
    }
    if ((four || six) && has(RecordType.HTTPS)) {
      types.add(RecordType.HTTPS);
    }
    byte[] window = new byte[Collections.max(types) / Byte.SIZE + 1];
    types.forEach(type -> window[type / Byte.SIZE] |= (byte) (0x80 >>> type % Byte.SIZE));
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(apex.toWire()); // the next name is this one again: there is no other
    data.write(0);
    data.write(window.length);
    data.writeBytes(window);
    return new Unsigned(RecordType.NSEC, ttlSeconds, List.of(data.toByteArray()));
  }

  /** Whether all that is needed was signed, but for the serial number, with just these keys. */
  boolean areOf(SignedLabel signed, List<SigningKey> keys) {
    return isBaseOf(signed, keys) && lacking(signed).isEmpty();
  }

  private List<Unsigned> lacking(SignedLabel signed) {
    Set<Object> known = new HashSet<>();
    signed.sets().forEach(set -> known.add(key(set.type(), set.data())));
    return together.stream().filter(set -> !known.contains(set.key())).toList();
  }

  /** Whether the sets that do not depend on what is answered now were signed like this. */
  private boolean isBaseOf(SignedLabel signed, List<SigningKey> keys) {
    List<Integer> tags = keys.stream().map(SigningKey::tag).toList();
    if (signed.sets().size() < sets.size()) {
      return false;
    }
    for (int i = 0; i < sets.size(); i++) {
      Unsigned mine = sets.get(i);
      SignedSet other = signed.sets().get(i);
      boolean same =
          mine.type() == other.type()
              && other.signatures().stream().map(LabelRecords::tag).toList().equals(tags)
              && mine.ttlSeconds() == other.ttlSeconds()
              && (mine.type() == RecordType.SOA || strings(mine.data()).equals(other.data()));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Whose a signature is (RFC 4034 section 3.1.6). */
  private static int tag(ByteString signature) {
    return signature.asReadOnlyByteBuffer().getShort(TAG_OFFSET) & 0xffff;
  }

  private static List<ByteString> strings(List<byte[]> data) {
    return data.stream().map(ByteString::copyFrom).toList();
  }

  /** Signs every set. */
  SignedLabel sign(RecordSigner signer, Instant now) {
    List<SignedSet> signed = new ArrayList<>();
    Stream.concat(sets.stream(), together.stream()).forEach(set -> signed.add(sign(set, signer)));
    return new SignedLabel(label, service.name(), now.toEpochMilli(), signed);
  }

  /**
   * Signs only what is lacking, where all else that is needed was signed; empty if it was not. What
   * was answered lately stays, the oldest of it goes.
   */
  Optional<SignedLabel> addTo(
      SignedLabel present, RecordSigner signer, List<SigningKey> keys, Instant now) {
    if (!isBaseOf(present, keys)) {
      return Optional.empty();
    }
    List<Unsigned> lacking = lacking(present);
    Set<Object> needed = new HashSet<>();
    together.forEach(set -> needed.add(set.key()));
    List<SignedSet> base = present.sets().subList(0, sets.size());
    List<SignedSet> lately =
        new ArrayList<>(present.sets().subList(sets.size(), present.sets().size()));
    int tooMany = lately.size() + lacking.size() - MOST_TOGETHER;
    for (Iterator<SignedSet> it = lately.iterator(); tooMany > 0 && it.hasNext(); ) {
      SignedSet set = it.next();
      if (!needed.contains(key(set.type(), set.data()))) {
        it.remove();
        tooMany--;
      }
    }
    List<SignedSet> signed = new ArrayList<>(base);
    signed.addAll(lately);
    lacking.forEach(set -> signed.add(sign(set, signer)));
    long version = Math.max(present.version() + 1, now.toEpochMilli());
    return Optional.of(new SignedLabel(label, service.name(), version, signed));
  }

  private SignedSet sign(Unsigned set, RecordSigner signer) {
    RecordSetBuilder builder = new RecordSetBuilder(set.type(), set.ttlSeconds(), new byte[] {0});
    set.data().forEach(builder::data);
    List<byte[]> signatures =
        signer.signatures(
            apex.toWire(), set.type(), set.ttlSeconds(), builder.build().data(new byte[] {0}));
    return new SignedSet(set.type(), set.ttlSeconds(), strings(set.data()), strings(signatures));
  }
}
