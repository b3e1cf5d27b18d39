package net.dglb.backbone;

import java.util.Map;

/** What is sealed with a map key of before still, so that this one may not go yet. */
final class SealedBefore {

  private SealedBefore() {}

  /** For the status. */
  static Map<String, Object> tree(ControlPlane plane) {
    return Map.of("entries", plane.view().sealedBefore(), "secrets", plane.dnssec().sealedBefore());
  }
}
