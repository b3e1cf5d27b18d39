package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import net.dglb.backbone.registry.state.Quota;
import net.dglb.backbone.registry.wire.PutEnterprise;

/**
 * A wish to make an enterprise known or to change it.
 *
 * @param enterprise its identifier
 * @param credentials by which it is known
 * @param quota how much it may register
 * @param caller who asks
 */
public record Admission(String enterprise, Credentials credentials, Quota quota, Caller caller) {

  /**
   * By what an enterprise is known; each may be empty.
   *
   * @param tokenHash of the token that it shows
   * @param publicKey of who signs its registrations, a SubjectPublicKeyInfo
   * @param identity in the certificate of the network that it shows
   */
  public record Credentials(ByteString tokenHash, ByteString publicKey, String identity) {}

  PutEnterprise toWire() {
    return PutEnterprise.newBuilder()
        .setName(enterprise)
        .setTokenHash(credentials.tokenHash())
        .setPublicKey(credentials.publicKey())
        .setIdentity(credentials.identity())
        .setMaxZones(quota.zones())
        .setMaxServices(quota.services())
        .build();
  }
}
