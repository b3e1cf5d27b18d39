package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.Section;
import net.dglb.net.AddressFamily;
import org.jspecify.annotations.Nullable;

/**
 * The name servers of a label with the glue of both families, compiled once for all services whose
 * labels have the same holders and TTL. Immutable.
 */
final class NameServerSet {

  /** With fewer load balancers than this in a set, the label addresses join it. */
  static final int ENOUGH = 2;

  private final List<LoadBalancerPart> holders;
  private final RecordSet nameServers;
  private final RecordSet[] glue;
  private final int[] glueOwners;

  /**
   * Compiles a set.
   *
   * @param holders in order of preference, at least one
   */
  NameServerSet(List<LoadBalancerPart> holders, int ttlSeconds) {
    this.holders = List.copyOf(holders);
    RecordSetBuilder builder =
        new RecordSetBuilder(RecordType.NS, ttlSeconds, LoadBalancerPart.SUFFIX);
    List<RecordSet> sets = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int i = 0; i < holders.size(); i++) {
      builder.name(holders.get(i).nameServer());
      addGlue(holders.get(i).glue(AddressFamily.IPV4, ttlSeconds), i, sets, owners);
      addGlue(holders.get(i).glue(AddressFamily.IPV6, ttlSeconds), i, sets, owners);
    }
    nameServers = builder.build();
    glue = sets.toArray(RecordSet[]::new);
    glueOwners = owners.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void addGlue(
      @Nullable RecordSet addresses, int owner, List<RecordSet> sets, List<Integer> owners) {
    if (addresses != null) {
      sets.add(addresses);
      owners.add(owner);
    }
  }

  /** Who is named, in order; {@code label} for the backbone's label addresses. */
  List<String> holders() {
    return holders.stream().map(LoadBalancerPart::id).toList();
  }

  /** The set as it would be, were these load balancers lost; short-lived if nobody is left. */
  NameServerSet without(Set<Integer> lost, LoadBalancerPart backbone, int shortTtlSeconds) {
    if (holders.stream().noneMatch(it -> lost.contains(it.ordinal))) {
      return this;
    }
    List<LoadBalancerPart> left = new ArrayList<>(holders);
    left.removeIf(it -> lost.contains(it.ordinal) || it.ordinal == backbone.ordinal);
    int ttl = left.isEmpty() ? shortTtlSeconds : nameServers.ttlSeconds();
    if (left.size() < ENOUGH) {
      left.add(backbone);
    }
    return new NameServerSet(left, ttl);
  }

  /** The NS records alone. */
  RecordSet nameServers() {
    return nameServers;
  }

  /**
   * Writes the referral of the question's name from a label on, which needs the glue.
   *
   * @param proof the DS set or the NSEC record of the cut, signed; null if that is not asked for
   */
  void refer(Answer answer, int ownerLabel, @Nullable RecordSet proof) {
    answer.section(Section.AUTHORITY);
    int at = answer.position();
    if (answer.append(nameServers, ownerLabel)
        && (proof == null || answer.append(proof, ownerLabel))) {
      appendGlue(answer, at, Section.GLUE);
    }
  }

  /** Writes the referral of a name in the answer section, as a courtesy that may be left out. */
  void referCourteously(Answer answer, byte[] label, int serviceLabel, int apexLabel) {
    answer.section(Section.AUTHORITY);
    int at = answer.position() + label.length;
    if (answer.append(nameServers, label, serviceLabel, apexLabel, nameServers.ttlSeconds())) {
      appendGlue(answer, at, Section.ADDITIONAL);
    }
  }

  private void appendGlue(Answer answer, int nameServersAt, Section section) {
    answer.section(section);
    for (int i = 0; i < glue.length; i++) {
      answer.appendAt(glue[i], nameServersAt + nameServers.nameOffset(glueOwners[i]));
    }
  }
}
