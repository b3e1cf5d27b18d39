package net.dglb.backbone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.dglb.backbone.OwnEndpoint;
import net.dglb.backbone.map.Entry;
import net.dglb.backbone.map.EntryVersion;
import net.dglb.net.Endpoint;
import org.junit.jupiter.api.Test;

class GridConfigTest {

  private static final AtomicInteger READ = new AtomicInteger();

  /** An object that a stranger could send; it counts how often it comes to life. */
  private static final class Foreign implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      READ.incrementAndGet();
    }
  }

  private final Endpoint listen = OwnEndpoint.next();
  private final Endpoint other = OwnEndpoint.next();
  private final Config config =
      GridConfig.of(
          new ClusterSettings(
              "config-test", listen, List.of(other), Duration.ofSeconds(1), Duration.ofSeconds(5)));

  @Test
  void findsMembersByTheConfiguredAddressesAlone() {
    var join = config.getNetworkConfig().getJoin();
    assertThat(join.getMulticastConfig().isEnabled()).as("multicast").isFalse();
    assertThat(join.getAutoDetectionConfig().isEnabled()).as("auto detection").isFalse();
    assertThat(join.getTcpIpConfig().isEnabled()).as("TCP").isTrue();
    assertThat(join.getTcpIpConfig().getMembers())
        .containsExactlyInAnyOrder(listen.toString(), other.toString());
  }

  @Test
  void tellsNobodyElseOfItself() {
    assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    assertThat(config.getMetricsConfig().isEnabled()).as("metrics").isFalse();
    assertThat(config.getJetConfig().isEnabled()).as("Jet").isFalse();
  }

  @Test
  void isBoundToTheConfiguredAddressAndPortOnly() {
    var network = config.getNetworkConfig();
    assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    assertThat(network.getInterfaces().isEnabled()).isTrue();
    assertThat(network.getInterfaces().getInterfaces())
        .containsExactly(listen.address().getHostAddress());
    assertThat(network.getPort()).isEqualTo(listen.port());
    assertThat(network.isPortAutoIncrement()).isFalse();
  }

  @Test
  void letsNoClassOfOursOrOfCollectionsBeDeserialized() {
    var filter = config.getSerializationConfig().getJavaSerializationFilterConfig();
    assertThat(filter).isNotNull();
    assertThat(filter.isDefaultsDisabled()).as("Hazelcast's own wide list is off").isTrue();
    ClassFilter allowed = filter.getWhitelist();
    for (Class<?> type :
        List.of(Entry.class, EntryVersion.class, Foreign.class, HashMap.class, Path.class)) {
      assertThat(allowed.isListed(type.getName())).as(type.getName()).isFalse();
    }
    assertThat(allowed.getPrefixes()).allMatch(prefix -> prefix.startsWith("com.hazelcast."));
    assertThat(allowed.getClasses()).noneMatch(name -> name.contains("net.dglb"));
  }

  @Test
  void aForeignObjectInTheMapIsNeverBroughtToLife() {
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    try {
      IMap<String, Object> map = member.getMap("foreign");
      map.set("text", "a text");
      map.set("object", new Foreign());
      assertThat(map.get("text")).isEqualTo("a text");
      assertThatThrownBy(() -> map.get("object"))
          .hasStackTraceContaining(Foreign.class.getName())
          .hasStackTraceContaining("is not allowed");
      assertThat(READ).as("objects read").hasValue(0);
    } finally {
      member.getLifecycleService().terminate();
    }
  }
}
