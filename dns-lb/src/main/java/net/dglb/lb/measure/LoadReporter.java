package net.dglb.lb.measure;

import java.util.Map;
import java.util.function.Supplier;
import net.dglb.lb.session.BackboneSessions;
import net.dglb.mapping.convert.WireLoad;
import net.dglb.mapping.session.Session;
import net.dglb.mapping.session.SessionListener;
import net.dglb.mapping.wire.Frame;

/**
 * Tells every backbone node how busy this load balancer is: when a session opens, and now and then.
 * Used on the control thread only.
 */
public final class LoadReporter implements SessionListener {

  private final Supplier<Map<String, Double>> load;
  private final BackboneSessions sessions;
  private Frame last = Frame.getDefaultInstance();

  /**
   * Reports nothing before the first call of {@link #report}.
   *
   * @param load measures by the names of the mapping protocol, since the last call
   */
  public LoadReporter(Supplier<Map<String, Double>> load, BackboneSessions sessions) {
    this.load = load;
    this.sessions = sessions;
  }

  /** Reports what is now; to be called every few seconds. */
  public void report() {
    last = Frame.newBuilder().setLoad(WireLoad.toWire(load.get())).build();
    sessions.broadcast(last);
  }

  @Override
  public void opened(Session session) {
    if (last.hasLoad()) {
      session.send(last);
    }
  }

  @Override
  public void received(Session session, Frame frame) {}

  @Override
  public void closed(Session session, String why) {}
}
