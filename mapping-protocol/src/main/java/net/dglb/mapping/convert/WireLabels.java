package net.dglb.mapping.convert;

import com.google.protobuf.ByteString;
import java.util.List;
import net.dglb.mapping.wire.LabelKeys;
import net.dglb.mapping.wire.SignedSet;
import net.dglb.mapping.wire.SignedSets;
import net.dglb.net.DomainName;

/** Keys and signed records of labels. */
public final class WireLabels {

  private static final int MAX_TYPE = 65_535;

  private WireLabels() {}

  /** The DS records of a label as a message. */
  public static LabelKeys toWire(String label, DomainName service, List<DelegationSigner> signers) {
    return LabelKeys.newBuilder()
        .setLabel(label)
        .setService(service.toString())
        .addAllDsRdata(signers.stream().map(ds -> ByteString.copyFrom(ds.data())).toList())
        .build();
  }

  /** A label's records as a message. */
  public static SignedSets toWire(SignedLabel label) {
    return SignedSets.newBuilder()
        .setLabel(label.label())
        .setService(label.service().toString())
        .setVersion(label.version())
        .addAllSets(
            label.sets().stream()
                .map(set ->
                    SignedSet.newBuilder()
                        .setType(set.type())
                        .setTtlSeconds(set.ttlSeconds())
                        .addAllData(set.data())
                        .addAllSignatures(set.signatures())
                        .build())
                .toList())
        .build();
  }

  /** Reads a label's records. */
  public static SignedLabel fromWire(SignedSets message) throws MalformedMessageException {
    return Reading.one(
        "signed sets of \"" + message.getLabel() + "." + message.getService() + "\"",
        message,
        WireLabels::read);
  }

  private static SignedLabel read(SignedSets message) throws MalformedMessageException {
    return new SignedLabel(
        message.getLabel(),
        WireDuties.name("service", message.getService()),
        Reading.unsigned("version", message.getVersion()),
        Reading.all("sets", message.getSetsList(), SignedLabel.MAX_SETS, WireLabels::read));
  }

  private static SignedLabel.SignedSet read(SignedSet set) throws MalformedMessageException {
    if (set.getType() < 1 || set.getType() > MAX_TYPE) {
      throw new MalformedMessageException("type: " + set.getType() + " (expected 1 to 65535)");
    }
    int most = SignedLabel.SignedSet.MAX_RECORDS;
    return new SignedLabel.SignedSet(
        set.getType(),
        (int) WireChecks.seconds("ttl_seconds", set.getTtlSeconds()).toSeconds(),
        Reading.all("data", set.getDataList(), most, data -> data),
        Reading.all("signatures", set.getSignaturesList(), most, data -> data));
  }
}
