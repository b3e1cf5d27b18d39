package net.dglb.lab.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.identity.NodeRole;
import net.dglb.lab.files.LabFiles;
import net.dglb.lab.plan.LabPlan;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Makes the backbone's own zone secure in the zone above it, as the backbone's operator does with
 * what {@code dglb keys ds} prints: the backbone makes the key when it runs, so its DS record
 * cannot be there from the first second on, as those of the lab's other zones are.
 */
final class InfrastructureDs {

  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private final LabPlan plan;
  private final LabFiles files;
  private final Name zone;
  private String written = "";

  InfrastructureDs(LabPlan plan, LabFiles files) {
    this.plan = plan;
    this.files = files;
    this.zone = Name.fromConstantString(LabPlan.INFRASTRUCTURE + ".");
  }

  /** Does what can be done; what is still missing, in words, or empty once the parent has it. */
  Optional<String> missing() {
    if (!plan.options().dnssec()) {
      return Optional.empty();
    }
    InetAddress parent = plan.nodes(NodeRole.AUTHORITY).getFirst().addresses().getFirst();
    InetAddress backbone = plan.nodes(NodeRole.BACKBONE).getFirst().addresses().getFirst();
    try {
      Optional<DSRecord> wanted =
          ask(backbone, Type.DNSKEY).stream()
              .filter(DNSKEYRecord.class::isInstance)
              .map(DNSKEYRecord.class::cast)
              .filter(key -> (key.getFlags() & DNSKEYRecord.Flags.SEP_KEY) != 0)
              .findFirst()
              .map(key -> new DSRecord(zone, DClass.IN, 0, DNSSEC.Digest.SHA256, key));
      if (wanted.isEmpty()) {
        return Optional.of("the backbone has no key of " + zone + " yet");
      }
      String data = wanted.get().rdataToString();
      if (!data.equals(written)) {
        files.secureInfrastructure(data);
        written = data;
      }
      return ask(parent, Type.DS).stream().anyMatch(it -> it.rdataToString().equals(data))
          ? Optional.empty()
          : Optional.of("the zone above " + zone + " lacks its DS record");
    } catch (IOException e) {
      return Optional.of("the DS record of " + zone + ": " + e.getMessage());
    }
  }

  private List<Record> ask(InetAddress server, int type) throws IOException {
    SimpleResolver resolver =
        new SimpleResolver(new InetSocketAddress(server, plan.options().dnsPort()));
    resolver.setTCP(true);
    resolver.setTimeout(PATIENCE);
    Message answer = resolver.send(Message.newQuery(Record.newRecord(zone, type, DClass.IN)));
    return answer.getSection(Section.ANSWER);
  }
}
