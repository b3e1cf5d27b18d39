package net.dglb.backbone;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.backbone.announce.Grants;
import net.dglb.config.ConfigSection;
import net.dglb.identity.NodeId;
import net.dglb.net.DomainName;

/** Reads who may say what. */
final class GrantSettings {

  private GrantSettings() {}

  static Grants read(ConfigSection grants) {
    Map<String, Grants.PrefixGrant> loadBalancers = new HashMap<>();
    grants
        .children("load-balancers")
        .forEach((id, section) -> {
          checkId(id, section);
          loadBalancers.put(
              id,
              new Grants.PrefixGrant(section.prefixes("resolvers"), section.prefixes("clients")));
        });
    Map<String, List<DomainName>> authorities = new HashMap<>();
    grants
        .children("authorities")
        .forEach((id, section) -> {
          checkId(id, section);
          authorities.put(id, section.domainNames("zones"));
        });
    return new Grants(loadBalancers, authorities);
  }

  private static void checkId(String id, ConfigSection section) {
    try {
      NodeId.check(id);
    } catch (IllegalArgumentException e) {
      section.problem("", "id: " + id + " (expected: " + NodeId.RULE + ")");
    }
  }
}
