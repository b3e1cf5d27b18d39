package net.dglb.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The answer for a name whose records are not known yet. */
final class NotReady {

  private NotReady() {}

  /** SERVFAIL with the Extended DNS Error Not Ready, and nothing that a resolver could remember. */
  static void assertSaid(AuthorityNode node, String name) throws IOException {
    Message query = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    Message answer = new SimpleResolver(node.addresses().getFirst().toSocketAddress()).send(query);
    assertThat(answer.getRcode()).as(name).isEqualTo(Rcode.SERVFAIL);
    assertThat(answer.getSection(Section.AUTHORITY)).isEmpty();
    assertThat(answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR))
        .as("the Extended DNS Error of %s", name)
        .extracting(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
        .containsExactly(ExtendedErrorCodeOption.NOT_READY);
  }
}
