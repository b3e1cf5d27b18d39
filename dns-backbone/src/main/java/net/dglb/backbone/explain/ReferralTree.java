package net.dglb.backbone.explain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dglb.backbone.announce.Directory;
import net.dglb.backbone.announce.LoadBalancer;
import net.dglb.backbone.announce.Presence;
import net.dglb.backbone.duty.HolderView;
import net.dglb.backbone.refer.LabelReferral;
import net.dglb.backbone.refer.Referral;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;

/** Whom the label is referred to, whom not, and why. */
final class ReferralTree {

  private static final String AWAITED = "shortened: what is best for the place is being estimated";

  private final Sources sources;
  private final boolean ofThen;

  /**
   * Shows referrals.
   *
   * @param ofThen whether of a moment of the past, of which it is not known why one was left out
   */
  ReferralTree(Sources sources, boolean ofThen) {
    this.sources = sources;
    this.ofThen = ofThen;
  }

  JsonObject of(Referral found, Set<String> down) {
    DomainName service = found.service();
    LabelReferral referral = found.referral();
    boolean awaited = found.choice().filter(Referral.Choice::isAwaited).isPresent();
    Map<String, HolderView> holders = new LinkedHashMap<>();
    if (!ofThen) {
      sources.duties().holders(service, referral.label()).forEach(it -> holders.put(it.id(), it));
    }
    JsonArray named = new JsonArray();
    for (String id : referral.nameServers()) {
      named.add(server(id, referral, holders));
    }
    List<JsonObject> leftOut = new ArrayList<>();
    holders.values().stream()
        .filter(it -> !referral.nameServers().contains(it.id()))
        .forEach(it -> leftOut.add(leftOut(it, down)));
    return new JsonObject()
        .put("label", service.child(referral.label()).toString())
        .put("ttl", referral.aliasTtlSeconds())
        .put("ttl-reason", awaited ? AWAITED : ttl(referral))
        .put("name-server-ttl", referral.nameServerTtlSeconds())
        .put("name-server-ttl-reason", nameServerTtl(referral))
        .put("name-servers", named)
        .put("left-out", new JsonArray(leftOut));
  }

  private JsonObject leftOut(HolderView holder, Set<String> down) {
    JsonObject tree = put(holder, new JsonObject().put("id", holder.id()));
    String problem = sources.checks().failures().get(holder.id());
    if (problem != null) {
      tree.put("problem", problem);
    }
    return down.contains(holder.id()) ? tree.put("reason", "supposed to be lost") : tree;
  }

  private JsonObject server(String id, LabelReferral referral, Map<String, HolderView> holders) {
    JsonObject tree = new JsonObject().put("id", id).put("role", role(id, referral));
    JsonArray addresses = new JsonArray();
    sources
        .directory()
        .find(id)
        .ifPresent(lb -> lb.addresses().forEach(it -> addresses.add(AddressLiteral.text(it))));
    tree.put("addresses", addresses);
    HolderView holder = holders.get(id);
    if (id.equals(Directory.BACKBONE_ID)) {
      return tree.put(
          "reason", "the backbone's label addresses: fewer than two load balancers can be named");
    }
    return holder == null ? tree : put(holder, tree);
  }

  private static String role(String id, LabelReferral referral) {
    return id.equals(Directory.BACKBONE_ID)
        ? "backbone"
        : id.equals(referral.label()) ? "own" : "backup";
  }

  private JsonObject put(HolderView holder, JsonObject tree) {
    tree.put("state", holder.state()).put("reason", reason(holder));
    if (holder.kilometres() < Double.MAX_VALUE) {
      tree.put("kilometres", Math.round(holder.kilometres()));
    }
    return tree;
  }

  private String reason(HolderView holder) {
    boolean presumed =
        holder.named().isNamed()
            && sources
                .directory()
                .find(holder.id())
                .map(LoadBalancer::presence)
                .filter(it -> it == Presence.PRESUMED)
                .isPresent();
    return presumed ? "not heard since this node started" : holder.named().text();
  }

  private static String ttl(LabelReferral referral) {
    return referral.measured()
        ? "as the service says"
        : "shortened: " + referral.label() + " has not served the label yet";
  }

  private static String nameServerTtl(LabelReferral referral) {
    return referral.nameServers().equals(List.of(Directory.BACKBONE_ID))
        ? "shortened: no load balancer serves the label yet"
        : "as the service says";
  }
}
