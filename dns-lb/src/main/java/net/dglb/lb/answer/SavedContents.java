package net.dglb.lb.answer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import net.dglb.decision.AnswerTtl;
import net.dglb.decision.Answers;
import net.dglb.decision.Basis;
import net.dglb.dns.zone.SignedRecords;
import net.dglb.dns.zone.Zone;
import net.dglb.lb.wire.SavedZoneContent;
import net.dglb.lb.wire.SavedZoneContent.Choices;
import net.dglb.lb.wire.SavedZoneContent.Https;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.service.AllDown;
import net.dglb.service.Answering;
import net.dglb.service.HttpsBinding;

/** What a label's zone holds, as it is kept on disk: all that its answers are made of. */
final class SavedContents {

  /** In the data of an RRSIG record (RFC 4034 section 3.1). */
  private static final int EXPIRATION_OFFSET = 8;

  private SavedContents() {}

  static SavedZoneContent toWire(LabelZone zone, long serial) {
    SavedZoneContent.Builder saved =
        SavedZoneContent.newBuilder()
            .addAllNameServers(zone.nameServers().stream().map(DomainName::toString).toList())
            .setNsTtlSeconds(zone.nsTtlSeconds())
            .setContact(zone.contact().toString())
            .setIpv4(toWire(zone.ipv4()))
            .setIpv6(toWire(zone.ipv6()))
            .setRotate(zone.answering().rotate())
            .setTtlSeconds(zone.addressTtl().seconds())
            .setBasis(zone.ipv4Basis().name())
            .setIpv6Basis(zone.ipv6Basis().name())
            .setAllDown(zone.allDown().name())
            .setSerial(serial);
    zone.answering().https().ifPresent(it -> saved.setHttps(toWire(it)));
    zone.signed().ifPresent(it -> it.sets().forEach(set -> saved.addSigned(toWire(set))));
    return saved.build();
  }

  private static Choices toWire(Answers answers) {
    Choices.Builder choices = Choices.newBuilder().setPerQuery(answers.perQuery());
    for (Answers.Choice choice : answers.choices()) {
      SavedZoneContent.Choice.Builder saved =
          SavedZoneContent.Choice.newBuilder().addAllSites(choice.sites());
      choice.addresses().forEach(it -> saved.addAddresses(ByteString.copyFrom(it.getAddress())));
      choices.addChoices(saved);
    }
    answers.map().forEach((prefix, row) -> choices.putRowsByPrefix(prefix.toString(), row));
    answers
        .rows()
        .forEach(row -> choices.addRows(SavedZoneContent.Row.newBuilder().addAllSlots(row)));
    return choices.build();
  }

  private static Https toWire(HttpsBinding https) {
    return Https.newBuilder()
        .addAllAlpn(https.alpn())
        .setDefaultAlpn(https.defaultAlpn())
        .setPort(https.port())
        .build();
  }

  private static SavedZoneContent.Signed toWire(SignedRecords.Signed set) {
    SavedZoneContent.Signed.Builder signed =
        SavedZoneContent.Signed.newBuilder().setType(set.type()).setTtlSeconds(set.ttlSeconds());
    set.data().forEach(it -> signed.addData(ByteString.copyFrom(it)));
    set.signatures().forEach(it -> signed.addSignatures(ByteString.copyFrom(it)));
    return signed.build();
  }

  /** When the first signature ends, in seconds since 1970; the largest number if none does. */
  static long signedUntil(LabelZone zone) {
    return zone.signed().stream()
        .flatMap(it -> it.sets().stream())
        .flatMap(it -> it.signatures().stream())
        .mapToLong(it -> ByteBuffer.wrap(it).getInt(EXPIRATION_OFFSET) & 0xffffffffL)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Compiles a zone as it was when it was kept. */
  static Zone compile(DomainName apex, ByteString content) throws InvalidProtocolBufferException {
    SavedZoneContent saved = SavedZoneContent.parseFrom(content);
    LabelZone zone =
        new LabelZone(
            apex,
            saved.getNameServersList().stream().map(DomainName::of).toList(),
            saved.getNsTtlSeconds(),
            DomainName.of(saved.getContact()),
            answers(saved.getIpv4()),
            answers(saved.getIpv6()),
            new Answering(saved.getRotate() ? 2 : 1, saved.getRotate(), https(saved)),
            saved.getAllDown().isEmpty()
                ? AllDown.Rule.LAST_GOOD
                : AllDown.Rule.valueOf(saved.getAllDown()),
            new AnswerTtl(Duration.ofSeconds(saved.getTtlSeconds()), AnswerTtl.Reason.CONFIGURED),
            Basis.valueOf(saved.getBasis()),
            Basis.valueOf(saved.getIpv6Basis().isEmpty() ? saved.getBasis() : saved.getIpv6Basis()),
            signed(saved));
    return zone.compile(saved.getSerial(), _ -> new LongAdder());
  }

  private static Answers answers(Choices saved) {
    Map<Prefix, Integer> map = new HashMap<>();
    saved.getRowsByPrefixMap().forEach((prefix, row) -> map.put(Prefix.parse(prefix), row));
    return new Answers(
        saved.getChoicesList().stream()
            .map(it ->
                new Answers.Choice(
                    it.getAddressesList().stream().map(SavedContents::address).toList(),
                    it.getSitesList()))
            .toList(),
        saved.getPerQuery(),
        map,
        saved.getRowsList().stream().map(SavedZoneContent.Row::getSlotsList).toList());
  }

  private static InetAddress address(ByteString octets) {
    try {
      return InetAddress.getByAddress(octets.toByteArray());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + octets.size() + " octets", e);
    }
  }

  private static Optional<HttpsBinding> https(SavedZoneContent saved) {
    Https https = saved.getHttps();
    return saved.hasHttps()
        ? Optional.of(
            new HttpsBinding(https.getAlpnList(), https.getDefaultAlpn(), https.getPort()))
        : Optional.empty();
  }

  private static Optional<SignedRecords> signed(SavedZoneContent saved) {
    return saved.getSignedCount() == 0
        ? Optional.empty()
        : Optional.of(
            new SignedRecords(
                saved.getSignedList().stream()
                    .map(it ->
                        new SignedRecords.Signed(
                            it.getType(),
                            it.getTtlSeconds(),
                            octets(it.getDataList()),
                            octets(it.getSignaturesList())))
                    .toList()));
  }

  private static List<byte[]> octets(List<ByteString> strings) {
    return strings.stream().map(ByteString::toByteArray).toList();
  }
}
