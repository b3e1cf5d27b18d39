package net.dglb.lb.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;

class ServiceBookTest {

  private final ServiceBook book = new ServiceBook();
  private final List<DomainName> lookedAt = new ArrayList<>();

  @Test
  void aChangedZoneHasNoServicesOfOtherZonesLookedAt() {
    for (int i = 0; i < 100; i++) {
      book.update(SampleServices.zone("z" + i + ".test", 1, "www", "old"));
    }

    Set<DomainName> changed = book.update(SampleServices.zone("z7.test", 2, "www", "new"));
    book.dropUnneededOf(DomainName.of("z7.test"), this::noLabelNeeds);

    assertThat(changed).containsExactly(DomainName.of("new.z7.test"));
    assertThat(lookedAt).containsExactly(DomainName.of("old.z7.test"));
    assertThat(book.find(DomainName.of("old.z7.test"))).isEmpty();
    assertThat(book.find(DomainName.of("old.z8.test"))).isPresent();
  }

  @Test
  void aRemovedZoneGivesItsOwnServicesAlsoThoseThatItHadBefore() {
    book.update(SampleServices.zone("z1.test", 1, "www", "old"));
    book.update(SampleServices.zone("z1.test", 2, "www"));
    book.update(SampleServices.zone("z2.test", 1, "www"));

    assertThat(book.remove(DomainName.of("z1.test"), 2))
        .containsExactlyInAnyOrder(DomainName.of("www.z1.test"), DomainName.of("old.z1.test"));
    book.dropUnneededOf(DomainName.of("z1.test"), this::noLabelNeeds);

    assertThat(book.dropped()).isEmpty();
    assertThat(book.remove(DomainName.of("z1.test"), 3)).as("there is nothing left").isEmpty();
  }

  @Test
  void aServiceThatALabelNeedsIsKeptUntilItIsNotNeededAnyMore() {
    DomainName old = DomainName.of("old.z1.test");
    book.update(SampleServices.zone("z1.test", 1, "www", "old"));
    book.update(SampleServices.zone("z1.test", 2, "www"));

    book.dropUnneededOf(DomainName.of("z1.test"), old::equals);
    assertThat(book.dropped()).extracting(it -> it.service().name()).containsExactly(old);

    book.dropIfUnneeded(old, this::noLabelNeeds);
    assertThat(book.find(old)).isEmpty();
  }

  @Test
  void aServiceThatMovedToAnotherZoneIsNotTheOldZonesAnyMore() {
    book.update(SampleServices.zone("z1.test", 1, "www.a", "b"));
    book.update(SampleServices.zone("a.z1.test", 1, "www"));

    assertThat(book.remove(DomainName.of("z1.test"), 1))
        .containsExactly(DomainName.of("b.z1.test"));
    book.dropUnneeded(this::noLabelNeeds);

    assertThat(book.find(DomainName.of("www.a.z1.test")))
        .hasValueSatisfying(it -> assertThat(it.origin()).isEqualTo(DomainName.of("a.z1.test")));
  }

  private boolean noLabelNeeds(DomainName service) {
    lookedAt.add(service);
    return false;
  }
}
