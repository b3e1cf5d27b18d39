package net.dglb.mapping.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnnouncementVersionTest {

  @Test
  void theGenerationCountsBeforeTheCounter() {
    assertThat(new AnnouncementVersion(2, 0).isAbove(new AnnouncementVersion(1, 99))).isTrue();
    assertThat(new AnnouncementVersion(1, 2).isAbove(new AnnouncementVersion(1, 1))).isTrue();
    assertThat(new AnnouncementVersion(1, 1).isAbove(new AnnouncementVersion(1, 1))).isFalse();
  }

  @Test
  void oneThatLostItsDiskContinuesAboveWhatIsStored() {
    AnnouncementVersion stored = new AnnouncementVersion(3, 14);
    AnnouncementVersion next = AnnouncementVersion.NONE.nextAbove(stored);
    assertThat(next).isEqualTo(new AnnouncementVersion(4, 1));
    assertThat(next.isAbove(stored)).isTrue();
  }

  @Test
  void oneThatKnowsMoreThanIsStoredOnlyCountsOn() {
    AnnouncementVersion mine = new AnnouncementVersion(3, 14);
    assertThat(mine.nextAbove(new AnnouncementVersion(3, 9)))
        .isEqualTo(new AnnouncementVersion(3, 15));
    assertThat(mine.nextAbove(AnnouncementVersion.NONE)).isEqualTo(mine.next());
  }
}
