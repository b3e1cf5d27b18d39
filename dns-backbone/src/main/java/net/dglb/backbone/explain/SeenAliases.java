package net.dglb.backbone.explain;

import java.util.Set;
import net.dglb.net.DomainName;

/** What was found in DNS of the aliases that registrations name. */
public interface SeenAliases {

  /** Nobody looked. */
  SeenAliases NONE = _ -> Set.of();

  /** The aliases that DNS led to the services of the zone with this origin when last looked up. */
  Set<DomainName> of(DomainName origin);
}
