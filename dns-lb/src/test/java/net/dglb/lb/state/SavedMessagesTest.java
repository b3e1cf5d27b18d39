package net.dglb.lb.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
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
