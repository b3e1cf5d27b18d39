package net.dglb.dns.sign;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Record data as it is signed (RFC 4034 sections 6.2 and 6.3). */
final class CanonicalForm {

  /** Types whose data has names in lower case; NSEC is none of them (RFC 6840 section 5.1). */
  private static final Set<Integer> LOWER_CASED =
      Set.of(
          Type.NS,
          Type.MD,
          Type.MF,
          Type.CNAME,
          Type.SOA,
          Type.MB,
          Type.MG,
          Type.MR,
          Type.PTR,
          Type.MINFO,
          Type.MX,
          Type.RP,
          Type.AFSDB,
          Type.RT,
          Type.SIG,
          Type.PX,
          Type.NXT,
          Type.NAPTR,
          Type.KX,
          Type.SRV,
          Type.DNAME,
          Type.A6);

  private CanonicalForm() {}

  /** The data of a whole set: canonical, in order, without duplicates. */
  static List<byte[]> of(int type, List<byte[]> data) {
    List<byte[]> sorted =
        data.stream().map(one -> of(type, one)).sorted(Arrays::compareUnsigned).toList();
    return IntStream.range(0, sorted.size())
        .filter(i -> i == 0 || !Arrays.equals(sorted.get(i - 1), sorted.get(i)))
        .mapToObj(sorted::get)
        .toList();
  }

  private static byte[] of(int type, byte[] data) {
    return LOWER_CASED.contains(type)
        ? Record.newRecord(Name.root, type, DClass.IN, 0, data).rdataToWireCanonical()
        : data;
  }
}
