package net.dglb.dns.sign;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.dglb.dns.serve.Asked;
import net.dglb.net.DomainName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Zones from master file text, signed now. */
public final class SignedZones {

  private SignedZones() {}

  public static SigningKey key() {
    return SigningKey.generate(SigningAlgorithm.ED25519, SigningKey.ENTRY_POINT);
  }

  /** All records of a zone that is signed with these keys and has them at its apex. */
  public static List<Record> records(String apex, String text, SigningKey... keys) {
    List<Record> records = new ArrayList<>(Asked.records(apex, text));
    Name name = Name.fromConstantString(apex + ".");
    for (SigningKey key : keys) {
      records.add(Record.newRecord(name, Type.DNSKEY, DClass.IN, 3600, key.dnskey()));
    }
    RecordSigner signer =
        new RecordSigner(
            DomainName.of(apex),
            List.of(keys),
            SignatureLifetime.DEFAULT,
            Instant::now,
            new Random(1));
    return new ZoneSigner(signer, Duration.ofDays(3), Instant::now)
        .sign(records, List.of(), List.of(), numbered -> numbered);
  }

  /** The same as a master file. */
  public static String text(List<Record> records) {
    StringBuilder text = new StringBuilder();
    records.forEach(record -> text.append(record).append('\n'));
    return text.toString();
  }
}
