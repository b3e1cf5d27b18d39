package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.OptionalInt;
import net.dglb.backbone.registry.wire.PutEnterprise;

/**
 * A wish to make an enterprise known or to change it. What is not mentioned stays as it is when the
 * change is stored, whatever it was when it was asked for.
 *
 * @param enterprise its identifier
 * @param credentials by which it is known
 * @param zones how many it may register
 * @param services how many it may register in all of them
 * @param caller who asks
 */
public record Admission(
    String enterprise,
    Credentials credentials,
    OptionalInt zones,
    OptionalInt services,
    Caller caller) {

  /**
   * By what an enterprise is known; an empty one takes away what there is.
   *
   * @param tokenHash of the token that it shows
   * @param publicKey of who signs its registrations, a SubjectPublicKeyInfo
   * @param identity in the certificate of the network that it shows
   */
  public record Credentials(
      Optional<ByteString> tokenHash, Optional<ByteString> publicKey, Optional<String> identity) {

    /** Leaves all as they are. */
    public static final Credentials SAME =
        new Credentials(Optional.empty(), Optional.empty(), Optional.empty());
  }

  PutEnterprise toWire() {
    PutEnterprise.Builder put = PutEnterprise.newBuilder().setName(enterprise);
    credentials.tokenHash().ifPresent(put::setTokenHash);
    credentials.publicKey().ifPresent(put::setPublicKey);
    credentials.identity().ifPresent(put::setIdentity);
    zones.ifPresent(put::setMaxZones);
    services.ifPresent(put::setMaxServices);
    return put.build();
  }
}
