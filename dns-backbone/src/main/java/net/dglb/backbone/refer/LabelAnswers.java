package net.dglb.backbone.refer;

import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.ExtendedError;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.Rcode;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.Section;
import net.dglb.dns.zone.AddressZone;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * An enterprise zone at the label address: answers every {@code <lb-id>.<service>} as that label's
 * apex would, and refuses the rest. Never refers: one address cannot be parent and child of the
 * same cut.
 */
public final class LabelAnswers implements Zone {

  private final DomainName apex;
  private final ZoneNames names;
  private final ZoneRecords records;
  private final LabelTable labels;

  LabelAnswers(DomainName apex, ZoneNames names, ZoneRecords records, LabelTable labels) {
    this.apex = apex;
    this.names = names;
    this.records = records;
    this.labels = labels;
  }

  @Override
  public DomainName apex() {
    return apex;
  }

  @Override
  public void answer(Query query, Answer answer) {
    int serviceLabel = names.serviceLabel(query);
    ServicePart service = serviceLabel < 1 ? null : names.serviceAt(query, serviceLabel);
    LoadBalancerPart part = service == null ? null : labels.find(query, serviceLabel - 1);
    if (service == null || part == null) {
      answer.rcode(Rcode.REFUSED);
      answer.extendedError(ExtendedError.NOT_AUTHORITATIVE, ExtendedError.NO_TEXT);
      return;
    }
    service.markDemand(part.ordinal);
    int label = serviceLabel - 1;
    LabelPart answered = service.label(part.ordinal);
    AddressZone signed = answered.signed();
    if (signed != null) {
      signed.answerAt(label, query, answer);
      return;
    }
    answer.authoritative(true);
    if (label > 0) {
      answer.rcode(Rcode.NXDOMAIN);
      negative(answer, label);
      return;
    }
    RecordSet set = set(query, answer, answered);
    if (set == null) {
      negative(answer, label);
    } else {
      answer.append(set, label);
    }
  }

  private @Nullable RecordSet set(Query query, Answer answer, LabelPart label) {
    return switch (query.type()) {
      case RecordType.NS -> label.nameServers().nameServers();
      case RecordType.SOA -> records.soa();
      case RecordType.ANY -> {
        RecordSet addresses = label.addresses().find(query, answer);
        yield addresses == null ? records.soa() : addresses;
      }
      default -> label.addresses().find(query, answer);
    };
  }

  private void negative(Answer answer, int label) {
    answer.section(Section.AUTHORITY);
    answer.append(records.negativeSoa(), label);
  }
}
