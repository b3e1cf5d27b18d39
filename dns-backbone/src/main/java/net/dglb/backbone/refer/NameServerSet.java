package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.NameServersWithGlue;
import net.dglb.dns.wire.NameServersWithGlue.Glue;
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
  private final Glue[] glue;
  private final NameServersWithGlue courtesy;

  /**
   * Compiles a set.
   *
   * @param holders in order of preference, at least one
   */
  NameServerSet(List<LoadBalancerPart> holders, int ttlSeconds) {
    this.holders = List.copyOf(holders);
    RecordSetBuilder builder =
        new RecordSetBuilder(RecordType.NS, ttlSeconds, LoadBalancerPart.SUFFIX);
    List<Glue> addresses = new ArrayList<>();
    for (int i = 0; i < holders.size(); i++) {
      builder.name(holders.get(i).nameServer());
      for (AddressFamily family : AddressFamily.values()) {
        RecordSet set = holders.get(i).glue(family, ttlSeconds);
        if (set != null) {
          addresses.add(new Glue(i, set));
        }
      }
    }
    nameServers = builder.build();
    glue = addresses.toArray(Glue[]::new);
    courtesy = new NameServersWithGlue(nameServers, addresses);
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
      appendGlue(answer, at);
    }
  }

  /**
   * Writes the referral of a name in the answer section, as a courtesy that may be left out.
   *
   * @param label with which the name begins, in wire form without a final zero
   * @param serviceLabel the label of the question's name that it goes on with
   */
  void referCourteously(Answer answer, byte[] label, int serviceLabel) {
    answer.appendWhole(courtesy, label, serviceLabel);
  }

  private void appendGlue(Answer answer, int nameServersAt) {
    answer.section(Section.GLUE);
    for (Glue one : glue) {
      answer.appendAt(one.addresses(), nameServersAt + nameServers.nameOffset(one.nameServer()));
    }
  }
}
