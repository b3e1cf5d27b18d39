package net.dglb.mapping.convert;

import java.util.Optional;
import net.dglb.mapping.wire.Register;
import net.dglb.mapping.wire.ZoneUpdate;
import net.dglb.service.EnterpriseZone;

/**
 * Joins the pages of enterprise zones, as they come in on one session, one zone after the other.
 * Not thread-safe.
 */
public final class ZoneAssembler {

  private final PageOrder order = new PageOrder("zone", ZonePages.MAX_PAGES);
  private net.dglb.mapping.wire.EnterpriseZone.Builder whole =
      net.dglb.mapping.wire.EnterpriseZone.newBuilder();

  /** Has no pages yet. */
  public ZoneAssembler() {}

  /**
   * Takes the next page of an update. A page 0 begins anew.
   *
   * @return the whole zone if this was its last page
   * @throws MalformedMessageException if a page is missing, belongs to another zone or version, or
   *     the whole holds what cannot be
   */
  public Optional<EnterpriseZone> add(ZoneUpdate page) throws MalformedMessageException {
    return add(page.getZone(), page.getPage(), page.getPages());
  }

  /** Takes the next page of a registration; as for an update. */
  public Optional<EnterpriseZone> add(Register page) throws MalformedMessageException {
    return add(page.getZone(), page.getPage(), page.getPages());
  }

  private Optional<EnterpriseZone> add(
      net.dglb.mapping.wire.EnterpriseZone part, int page, int pages)
      throws MalformedMessageException {
    try {
      String of = "\"" + part.getOrigin() + "\" version " + part.getVersion();
      boolean last = order.take(of, page, pages == 0 ? 1 : pages);
      if (page == 0) {
        drop();
        whole.mergeFrom(part);
      } else {
        requireRoom(part);
        whole.addAllServices(part.getServicesList());
      }
      return last ? Optional.of(finish()) : Optional.empty();
    } catch (MalformedMessageException e) {
      order.reset();
      drop();
      throw e;
    }
  }

  private void requireRoom(net.dglb.mapping.wire.EnterpriseZone part)
      throws MalformedMessageException {
    int services = whole.getServicesCount() + part.getServicesCount();
    if (services > EnterpriseZone.MAX_SERVICES) {
      throw new MalformedMessageException(
          "services: " + services + " (expected at most " + EnterpriseZone.MAX_SERVICES + ")");
    }
  }

  private EnterpriseZone finish() throws MalformedMessageException {
    net.dglb.mapping.wire.EnterpriseZone message = whole.build();
    drop();
    return WireServices.fromWire(message);
  }

  private void drop() {
    whole = net.dglb.mapping.wire.EnterpriseZone.newBuilder();
  }
}
