package net.dglb.lb.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.dglb.mapping.wire.DutyAck;
import net.dglb.node.StateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedMessagesTest {

  private static final DutyAck FIRST = DutyAck.newBuilder().setLabel("first").build();
  private static final DutyAck SECOND = DutyAck.newBuilder().setLabel("second").build();

  @TempDir private Path folder;

  @Test
  void forgetsOnDiskWhatIsNoLongerThere() {
    try (StateStore store = StateStore.open(folder.resolve("state.mv"))) {
      SavedMessages<DutyAck> saved =
          new SavedMessages<>("acknowledgement", store.map("acks"), DutyAck.parser());
      saved.save(Map.of("a", FIRST, "b", SECOND));
      saved.save(Map.of("b", FIRST));
    }

    try (StateStore store = StateStore.open(folder.resolve("state.mv"))) {
      SavedMessages<DutyAck> saved =
          new SavedMessages<>("acknowledgement", store.map("acks"), DutyAck.parser());
      assertThat(saved.load()).isEqualTo(Map.of("b", FIRST));
    }
  }

  @Test
  void makesMessagesOnlyOfWhatChanged() {
    Map<String, byte[]> disk = new HashMap<>();
    SavedMessages<DutyAck> saved = new SavedMessages<>("ack", disk, DutyAck.parser());
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      labels.put("key " + i, "label " + i);
    }
    List<String> made = new ArrayList<>();
    Function<String, DutyAck> toWire =
        label -> {
          made.add(label);
          return DutyAck.newBuilder().setLabel(label).build();
        };
    saved.save(labels, toWire);
    assertThat(made).hasSize(1_000);
    made.clear();

    labels.put("key 7", "another");
    labels.remove("key 8");
    saved.save(labels, toWire);
    assertThat(made).containsExactly("another");
    assertThat(disk).hasSize(999);

    labels.put("key 8", "label 8");
    saved.save(labels, toWire);
    assertThat(saved.load().get("key 8")).as("it is back").isEqualTo(toWire.apply("label 8"));
  }

  @Test
  void passesOverAnEntryThatCannotBeRead() {
    try (StateStore store = StateStore.open(folder.resolve("state.mv"))) {
      store.map("acks").put("broken", new byte[] {(byte) 0xff});
      store.map("acks").put("good", SECOND.toByteArray());

      SavedMessages<DutyAck> saved =
          new SavedMessages<>("acknowledgement", store.map("acks"), DutyAck.parser());

      assertThat(saved.load()).isEqualTo(Map.of("good", SECOND));
    }
  }
}
