package net.dglb.backbone.registry.state;

import com.google.protobuf.ByteString;
import java.util.List;
import net.dglb.backbone.registry.wire.Command;
import net.dglb.backbone.registry.wire.Proof;
import net.dglb.backbone.registry.wire.PutEnterprise;
import net.dglb.backbone.registry.wire.PutZone;
import net.dglb.backbone.registry.wire.RemoveZone;
import net.dglb.backbone.registry.wire.TextSet;
import net.dglb.backbone.registry.wire.UpdateZone;

/** Commands as a node would make them. */
final class Commands {

  static final long DAY_MILLIS = 86_400_000;

  private Commands() {}

  static PutZone put(String origin, String enterprise, String content, Proof proof) {
    return PutZone.newBuilder()
        .setOrigin(origin)
        .setEnterprise(enterprise)
        .setContent(ByteString.copyFromUtf8(content))
        .setServices(1)
        .setProof(proof)
        .build();
  }

  static PutZone proved(String origin, String enterprise, String content) {
    return put(origin, enterprise, content, Proof.PROOF_CHALLENGE);
  }

  static Command at(long millis, PutZone put) {
    return by(millis, put.getEnterprise()).setPutZone(put).build();
  }

  static Command remove(long millis, String origin) {
    return by(millis, "operator")
        .setRemoveZone(RemoveZone.newBuilder().setOrigin(origin).setQuarantineMillis(DAY_MILLIS))
        .build();
  }

  /** By its own enterprise. */
  static Command giveUp(long millis, String origin) {
    Command removal = remove(millis, origin);
    return removal.toBuilder()
        .setRemoveZone(removal.getRemoveZone().toBuilder().setByOwner(true))
        .build();
  }

  static Command quota(String enterprise, int zones, int services) {
    return by(0, "operator")
        .setPutEnterprise(
            PutEnterprise.newBuilder()
                .setName(enterprise)
                .setMaxZones(zones)
                .setMaxServices(services))
        .build();
  }

  /** An update of the texts alone, by the rules of now. */
  static Command texts(long millis, String origin, long base, long textsBase, TextSet... texts) {
    return by(millis, "enterprise foobar key updates.test")
        .setUpdateZone(
            UpdateZone.newBuilder()
                .setOrigin(origin)
                .setEnterprise("foobar")
                .setBase(base)
                .setTextsBase(textsBase)
                .addAllTexts(List.of(texts)))
        .build();
  }

  private static Command.Builder by(long millis, String actor) {
    return Command.newBuilder()
        .setRules(Rules.NOW)
        .setAtEpochMillis(millis)
        .setActor(actor)
        .setSource("test");
  }
}
