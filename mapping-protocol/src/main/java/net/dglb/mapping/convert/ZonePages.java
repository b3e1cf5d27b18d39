package net.dglb.mapping.convert;

import java.util.ArrayList;
import java.util.List;
import net.dglb.mapping.wire.Register;
import net.dglb.mapping.wire.ZoneUpdate;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/** Cuts enterprise zones into messages of bounded size. {@link ZoneAssembler} joins them. */
public final class ZonePages {

  /** The most pages of one zone. */
  public static final int MAX_PAGES = 256;

  /** How large the services of one page become: a frame of 1 MiB has room for one more service. */
  public static final int PAGE_BYTES = 256 * 1024;

  private ZonePages() {}

  /** The messages, in order, that give a zone to a load balancer. */
  public static List<ZoneUpdate> updates(EnterpriseZone zone) {
    return updates(zone, PAGE_BYTES);
  }

  /** The messages, in order, that register a zone at the backbone. */
  public static List<Register> registrations(EnterpriseZone zone) {
    return updates(zone).stream()
        .map(page ->
            Register.newBuilder()
                .setZone(page.getZone())
                .setPage(page.getPage())
                .setPages(page.getPages())
                .build())
        .toList();
  }

  static List<ZoneUpdate> updates(EnterpriseZone zone, int pageBytes) {
    List<net.dglb.mapping.wire.EnterpriseZone> parts = split(zone, pageBytes);
    List<ZoneUpdate> pages = new ArrayList<>();
    for (net.dglb.mapping.wire.EnterpriseZone part : parts) {
      pages.add(
          ZoneUpdate.newBuilder()
              .setZone(part)
              .setPage(pages.size())
              .setPages(parts.size())
              .build());
    }
    return pages;
  }

  private static List<net.dglb.mapping.wire.EnterpriseZone> split(
      EnterpriseZone zone, int pageBytes) {
    List<net.dglb.mapping.wire.EnterpriseZone> parts = new ArrayList<>();
    net.dglb.mapping.wire.EnterpriseZone.Builder part = WireServices.withoutServices(zone);
    long bytes = 0;
    for (Service service : zone.services()) {
      net.dglb.mapping.wire.Service message = WireServices.toWire(service);
      if (part.getServicesCount() > 0 && bytes + message.getSerializedSize() > pageBytes) {
        parts.add(part.build());
        part = WireServices.withoutServices(zone);
        bytes = 0;
      }
      part.addServices(message);
      bytes += message.getSerializedSize();
    }
    parts.add(part.build());
    return parts;
  }
}
