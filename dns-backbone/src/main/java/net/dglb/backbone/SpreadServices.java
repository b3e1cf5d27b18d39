package net.dglb.backbone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.dglb.dns.share.SiteShare;
import net.dglb.net.AddressFamily;

/** What part of the answers each site is to get and got, as a load balancer's status names it. */
final class SpreadServices {

  private SpreadServices() {}

  /** For the status: by service. */
  static Map<String, Object> tree(List<SiteShare> shares) {
    Map<String, Map<String, Map<String, Object>>> services = new LinkedHashMap<>();
    for (SiteShare share : shares) {
      Map<String, Map<String, Object>> service =
          services.computeIfAbsent(share.service().toString(), _ -> new LinkedHashMap<>());
      for (AddressFamily family : AddressFamily.values()) {
        Double decided = share.decided().get(family);
        if (decided != null) {
          part(service, "shares-" + family.name().toLowerCase(Locale.ROOT))
              .put(share.site(), Math.round(decided * 1e4) / 1e4);
        }
      }
      part(service, "answers-by-site").put(share.site(), share.observed());
    }
    return new LinkedHashMap<>(services);
  }

  private static Map<String, Object> part(Map<String, Map<String, Object>> service, String name) {
    return service.computeIfAbsent(name, _ -> new LinkedHashMap<>());
  }
}
