package net.dglb.backbone;

import java.util.HashMap;
import java.util.Map;
import net.dglb.backbone.announce.Grants;
import net.dglb.config.ConfigSection;
import net.dglb.identity.NodeId;
import net.dglb.service.EnterpriseZone;

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
    Map<String, Grants.ZoneGrant> authorities = new HashMap<>();
    grants
        .children("authorities")
        .forEach((id, section) -> {
          checkId(id, section);
          authorities.put(
              id, new Grants.ZoneGrant(section.domainNames("zones"), enterprise(id, section)));
        });
    return new Grants(loadBalancers, authorities);
  }

  private static String enterprise(String authority, ConfigSection section) {
    String enterprise = section.optionalString("enterprise").orElse(authority);
    if (section.has("enterprise")) {
      try {
        EnterpriseZone.checkEnterprise(enterprise);
      } catch (IllegalArgumentException e) {
        section.problem("enterprise", String.valueOf(e.getMessage()));
      }
    }
    return enterprise;
  }

  private static void checkId(String id, ConfigSection section) {
    try {
      NodeId.check(id);
    } catch (IllegalArgumentException e) {
      section.problem("", "id: " + id + " (expected: " + NodeId.RULE + ")");
    }
  }
}
