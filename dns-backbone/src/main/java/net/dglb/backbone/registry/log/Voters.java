package net.dglb.backbone.registry.log;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.dglb.net.Endpoint;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;

/** Who votes, as one node's log says. */
final class Voters {

  private Voters() {}

  /** Who votes, by id. */
  static List<RaftPeer> now(RaftServer.Division division) {
    return division.getRaftConf().getCurrentPeers().stream()
        .sorted(Comparator.comparing(peer -> peer.getId().toString()))
        .toList();
  }

  /** Who founds a log; nobody if this node waits to be let in. */
  static RaftGroup group(RaftGroupId id, LogSettings settings) {
    return RaftGroup.valueOf(
        id,
        settings.join()
            ? List.of()
            : settings.voters().entrySet().stream()
                .map(voter -> peer(voter.getKey(), voter.getValue()))
                .toList());
  }

  static RaftPeer peer(String id, Endpoint endpoint) {
    return RaftPeer.newBuilder().setId(id).setAddress(endpoint.toString()).build();
  }

  static List<LogStatus.Voter> of(RaftServer.Division division, Collection<RaftPeer> peers) {
    Map<String, Long> confirmed =
        division.getCommitInfos().stream()
            .collect(
                Collectors.toMap(
                    info -> info.getServer().getId().toStringUtf8(),
                    CommitInfoProto::getCommitIndex,
                    Math::max));
    return peers.stream()
        .map(peer -> {
          String id = peer.getId().toString();
          return new LogStatus.Voter(id, peer.getAddress(), confirmed.getOrDefault(id, 0L));
        })
        .toList();
  }

  /** Why this node is not among those that vote; empty if it is. */
  static String whyOutside(List<LogStatus.Voter> voters, LogSettings settings) {
    List<String> ids = voters.stream().map(LogStatus.Voter::id).toList();
    if (ids.contains(settings.self())) {
      return "";
    }
    return ids.isEmpty()
        ? "it waits to be let in (registry.join): run `dglb registry add "
            + settings.self()
            + " ENDPOINT` against a node of the running registry"
        : settings.self()
            + " was removed from the registry, in which "
            + ids
            + " decide: it hears of no registration any more and answers DNS from what it had;"
            + " stop it, or let it in again with `dglb registry add`";
  }

  /** What to say if the others look for this node elsewhere than it is configured to be. */
  static Optional<String> otherAddress(List<LogStatus.Voter> voters, LogSettings settings) {
    Endpoint configured = settings.voters().get(settings.self());
    return voters.stream()
        .filter(voter -> voter.id().equals(settings.self()))
        .filter(voter -> configured != null && !voter.address().equals(configured.toString()))
        .map(voter ->
            "the registry's log knows this node at "
                + voter.address()
                + ", where the others look for it, and its configuration says "
                + configured
                + " (expected: the same; to move a node, remove it and add one with another id)")
        .findFirst();
  }
}
