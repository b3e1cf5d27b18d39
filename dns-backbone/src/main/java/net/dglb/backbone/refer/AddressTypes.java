package net.dglb.backbone.refer;

import java.util.stream.Stream;
import net.dglb.dns.wire.RecordType;
import net.dglb.net.AddressFamily;
import net.dglb.service.Service;

/**
 * What the answers with addresses of one balanced name have in common, whoever asks and whatever
 * was measured: an NSEC record must not deny to all what only one of them is denied.
 *
 * @param types which of A, AAAA and HTTPS some answer may hold: {@link #A}, {@link #AAAA} and
 *     {@link #HTTPS}, added up
 * @param longestTtlSeconds that any of them is served with: the one that is signed
 */
record AddressTypes(int types, int longestTtlSeconds) {

  static final int A = 1;
  static final int AAAA = 2;
  static final int HTTPS = 4;

  /** Of a service, by its registration alone. */
  static AddressTypes of(Service service) {
    int types =
        (hasAddress(service, AddressFamily.IPV4) ? A : 0)
            | (hasAddress(service, AddressFamily.IPV6) ? AAAA : 0)
            | (service.answering().https().isPresent() ? HTTPS : 0);
    return new AddressTypes(types, (int) service.ttls().answer().toSeconds());
  }

  private static boolean hasAddress(Service service, AddressFamily family) {
    return Stream.concat(
            service.sites().stream().flatMap(site -> site.addresses().stream()),
            service.allDown().addresses().stream())
        .anyMatch(address -> AddressFamily.of(address) == family);
  }

  /** Those of them that a question for a type asks for. */
  int asked(int type) {
    return types
        & switch (type) {
          case RecordType.A -> A;
          case RecordType.AAAA -> AAAA;
          case RecordType.HTTPS -> HTTPS;
          case RecordType.ANY -> A | AAAA | HTTPS;
          default -> 0;
        };
  }
}
