package net.dglb.backbone.refer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import net.dglb.dns.zone.AddressSets;
import org.junit.jupiter.api.Test;

/** The marks of many labels are those of each label. */
class LabelMarksTest {

  @Test
  void saysOfEachLabelWhatIsTrueOfIt() {
    Random random = new Random(1);
    LabelPart[] labels = new LabelPart[200];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(random.nextBoolean(), random.nextBoolean());
    }
    LabelMarks marks = new LabelMarks(labels);
    for (int i = 0; i < labels.length; i++) {
      assertThat(marks.isMeasured(i)).as("label %d", i).isEqualTo(labels[i].measured());
      assertThat(marks.standsForItsPlace(i))
          .as("label %d", i)
          .isEqualTo(labels[i].standsForItsPlace());
    }
  }

  private static LabelPart label(boolean measured, boolean live) {
    List<InetAddress> addresses = List.of(InetAddress.ofLiteral("192.0.2.1"));
    LoadBalancerPart holder = new LoadBalancerPart(0, "lb-nyc", addresses, 60);
    return new LabelPart(
        true,
        measured,
        live,
        new NameServerSet(List.of(holder), 60),
        AddressSets.of(60, addresses),
        null,
        null);
  }
}
