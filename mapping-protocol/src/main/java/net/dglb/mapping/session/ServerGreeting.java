package net.dglb.mapping.session;

import java.util.Optional;
import java.util.function.Consumer;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.time.Cancellable;

/** The listening side before the session: waits for one good Hello. */
final class ServerGreeting implements Connection.Receiver {

  private final Connection connection;
  private final PeerIdentity certified;
  private final LocalSide side;
  private final Consumer<Hello> whenGreeted;
  private final Cancellable deadline;
  private boolean heard;

  /**
   * @param whenGreeted called on the timeline with the first good Hello
   */
  ServerGreeting(
      Connection connection, PeerIdentity certified, LocalSide side, Consumer<Hello> whenGreeted) {
    this.connection = connection;
    this.certified = certified;
    this.side = side;
    this.whenGreeted = whenGreeted;
    this.deadline = Greetings.deadline(connection, side, "Hello");
  }

  @Override
  public void frame(Frame frame) {
    if (frame.getMessageCase() == Frame.MessageCase.MESSAGE_NOT_SET) {
      return;
    }
    if (heard || frame.getMessageCase() != Frame.MessageCase.HELLO) {
      connection.fail(
          ErrorCode.ERROR_MALFORMED,
          frame.getMessageCase() + " before the Welcome (expected one Hello)");
      return;
    }
    heard = true;
    Hello hello = frame.getHello();
    Optional<Refusal> refusal = Greetings.check(hello, certified);
    if (refusal.isPresent()) {
      connection.fail(refusal.get().code(), refusal.get().text());
      return;
    }
    deadline.cancel();
    side.timeline().execute(() -> whenGreeted.accept(hello));
  }

  @Override
  public void ended(String why) {
    deadline.cancel();
  }
}
