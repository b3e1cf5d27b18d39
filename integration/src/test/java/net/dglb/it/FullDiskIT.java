package net.dglb.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.dglb.it.BackboneProcesses.Reply;
import net.dglb.it.SmallDisks.Member;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Nodes whose state folder is a small file system of its own, which gets full. */
class FullDiskIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String SERVICE =
      "check { kind = tcp, port = 5300 }, sites { rome { addresses = [\"127.63.0.1\"] } }";

  @Test
  void registrationsAreRefusedDnsGoesOnAndWithRoomAllIsAsBefore(@TempDir Path folder)
      throws Exception {
    Tool.requireMounts();
    try (BackboneProcesses nodes = new BackboneProcesses(folder, "127.62.0")) {
      for (String id : BackboneProcesses.IDS) {
        Files.createDirectory(nodes.state(id));
        nodes.launch(id, onSmallDisk(nodes.state(id)));
      }
      BackboneProcesses.IDS.forEach(nodes::awaitReady);
      Map<String, Long> acknowledged = new TreeMap<>();
      for (int n = 0; n < 20; n++) {
        acknowledge(nodes, "b" + (n % 3 + 1), "z%d.test".formatted(n), acknowledged);
      }

      Path filler = fill(nodes, "b3");
      for (int n = 0; n < 60; n++) {
        acknowledge(nodes, "b1", "meanwhile%d.test".formatted(n), acknowledged);
      }
      awaitRefusal(nodes, "b3");
      assertThat(answers(nodes, "b3", "z0.test")).as("DNS of the node with the full disk").isTrue();

      Files.delete(filler);
      long free = System.nanoTime();
      acknowledge(nodes, "b3", "afterwards.test", acknowledged);
      System.out.printf(
          "a node takes registrations %.1f s after there is room again%n",
          (System.nanoTime() - free) / 1e9);
      for (String id : BackboneProcesses.IDS) {
        Awaitility.await(id)
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(nodes.zones(id)).containsAllEntriesOf(acknowledged));
      }
      assertThat(answers(nodes, "b3", "meanwhile59.test")).isTrue();
    }
  }

  @Test
  void aNodeOfEachKindGoesOnAloneSaysWhatIsWrongAndRecovers(@TempDir Path folder) throws Exception {
    Tool.requireMounts();
    try (SmallDisks disks = new SmallDisks(folder)) {
      awaitRegistration(disks, zone("z.test", 1));
      awaitRegistration(disks, zone("big.test", 1000));
      awaitLabel("s0.z.test");
      for (Member each : Member.values()) {
        disks.fill(each);
      }

      disks.zone("second", 20_000);
      awaitLabel("s0.big.test");
      Awaitility.await("the authority's changed zone")
          .atMost(PATIENCE)
          .until(() -> SmallDisks.hasAddress(Member.AUTHORITY, "second.f.test"));
      Awaitility.await("a refusal")
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(HttpTimeoutException.class) // asked again
          .untilAsserted(() -> {
            var reply = disks.register(zone("full.test", 1));
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(503);
            assertThat(reply.body()).contains("No space left on device");
          });
      for (Member each : List.of(Member.AUTHORITY, Member.LOAD_BALANCER)) {
        Awaitility.await(each.id).atMost(PATIENCE).until(() -> disks.saysThatItCannotWrite(each));
        assertThat(disks.logged(each)).contains("No space left on device");
      }
      assertThat(SmallDisks.hasAddress(Member.LOAD_BALANCER, "lb1.s0.z.test")).isTrue();
      assertThat(SmallDisks.ask(Member.BACKBONE, "z.test", Type.SOA).getSection(Section.ANSWER))
          .hasSize(1);

      for (Member each : Member.values()) {
        disks.free(each);
      }
      awaitRegistration(disks, zone("afterwards.test", 1));
      for (Member each : Member.values()) {
        Awaitility.await(each.id).atMost(PATIENCE).until(() -> !disks.saysThatItCannotWrite(each));
      }
      for (Member each : List.of(Member.AUTHORITY, Member.LOAD_BALANCER)) {
        assertThat(disks.logged(each)).contains("written again; nothing was lost");
      }
    }
  }

  private static void awaitRegistration(SmallDisks disks, String zone) {
    Awaitility.await("a registration with room")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(HttpTimeoutException.class) // asked again
        .untilAsserted(() -> assertThat(disks.register(zone).statusCode()).isEqualTo(200));
  }

  /** Asks the backbone node for a service until the load balancer answers its label. */
  private static void awaitLabel(String service) {
    Awaitility.await("lb1." + service)
        .atMost(PATIENCE)
        .until(() -> {
          SmallDisks.ask(Member.BACKBONE, service, Type.A);
          return SmallDisks.hasAddress(Member.LOAD_BALANCER, "lb1." + service);
        });
  }

  /** A registration of a zone with so many services, whose site is the backbone node's TCP port. */
  private static String zone(String origin, int services) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < services; i++) {
      text.append("\"s%d.%s\" { %s }%n".formatted(i, origin, SERVICE));
    }
    String document =
        """
        registration {
          version = 1, enterprise = e, zone = %s, form = aliased
          services { %s }
        }
        """
            .formatted(origin, text);
    return new JsonObject().put("document", document).put("approve", true).encode();
  }

  /** The words before a command that give it a file system of 24 MiB for its state. */
  private static List<String> onSmallDisk(Path state) {
    String mount = "mount -t tmpfs -o size=24m,mode=700 tmpfs \"$0\" && exec \"$@\"";
    return List.of("unshare", "-Urm", "sh", "-c", mount, state.toString());
  }

  /** Writes a file until nothing fits any more. */
  private static Path fill(BackboneProcesses nodes, String id) throws IOException {
    Path filler = Path.of("/proc/" + nodes.pid(id) + "/root" + nodes.state(id)).resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return filler;
  }

  /** What was preallocated takes some more; then the node says why it takes nothing. */
  private static void awaitRefusal(BackboneProcesses nodes, String id) {
    Awaitility.await("a refusal")
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Reply reply = nodes.register(id, "full.test", "e", 1).orElseThrow(() -> notAnswered(id));
          assertThat(reply.status()).isEqualTo(503);
          assertThat(reply.tree().getString("detail"))
              .contains("this node takes no registrations now")
              .contains("No space left on device");
        });
  }

  private static void acknowledge(
      BackboneProcesses nodes, String id, String origin, Map<String, Long> acknowledged) {
    Awaitility.await(origin + " at " + id)
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Reply reply = nodes.register(id, origin, "e", 1).orElseThrow(() -> notAnswered(id));
          assertThat(reply.status()).as(reply.tree().encode()).isEqualTo(200);
          acknowledged.put(origin, reply.tree().getLong("version"));
        });
  }

  private static AssertionError notAnswered(String id) {
    return new AssertionError(id + " does not answer");
  }

  private static boolean answers(BackboneProcesses nodes, String id, String origin)
      throws IOException {
    SimpleResolver resolver = new SimpleResolver(nodes.dns(id));
    resolver.setPort(nodes.dnsPort());
    Name name = Name.fromString(origin, Name.root);
    Message answer = resolver.send(Message.newQuery(Record.newRecord(name, Type.SOA, DClass.IN)));
    return answer.getSection(Section.ANSWER).size() == 1;
  }
}
