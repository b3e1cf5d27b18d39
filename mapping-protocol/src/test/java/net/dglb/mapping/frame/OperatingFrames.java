package net.dglb.mapping.frame;

import java.util.Map;
import net.dglb.mapping.wire.Asked;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Probers;
import net.dglb.mapping.wire.ServiceProbers;
import net.dglb.mapping.wire.SiteSaying;
import net.dglb.mapping.wire.SitesSaid;

/** Examples of what load balancers are told for operating. */
final class OperatingFrames {

  private OperatingFrames() {}

  static void add(Map<String, Frame.Builder> frames) {
    frames.put(
        "sites-said",
        Frame.newBuilder()
            .setSitesSaid(
                SitesSaid.newBuilder()
                    .setVersion(5)
                    .setPages(1)
                    .addSayings(
                        SiteSaying.newBuilder()
                            .setPattern("*/frankfurt")
                            .setState(SiteSaying.State.STATE_DRAIN)
                            .setWho("ann")
                            .setWhy("works")
                            .setSinceEpochMillis(1_767_225_600_000L))));
    frames.put(
        "probers",
        Frame.newBuilder()
            .setProbers(
                Probers.newBuilder()
                    .addServices(
                        ServiceProbers.newBuilder()
                            .setService("www.lb.foobar.example")
                            .setLoadBalancers(3))));
    frames.put(
        "asked",
        Frame.newBuilder()
            .setAsked(
                Asked.newBuilder()
                    .addServices("www.lb.foobar.example")
                    .addServices("img.lb.foobar.example")));
  }
}
