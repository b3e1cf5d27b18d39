package net.dglb.mapping.session;

import java.util.Optional;
import java.util.function.Consumer;
import net.dglb.identity.PeerIdentity;
import net.dglb.mapping.wire.ErrorCode;
import net.dglb.mapping.wire.Frame;
import net.dglb.mapping.wire.Hello;
import net.dglb.time.Cancellable;

/** The connecting side before the session: has said Hello and waits for the Welcome. */
final class ClientGreeting implements Connection.Receiver {

  private final Connection connection;
  private final PeerIdentity certified;
  private final Consumer<Hello> whenGreeted;
  private final Consumer<String> whenRefused;
  private final Cancellable deadline;

  /**
   * @param whenGreeted called on the event loop with the Welcome in the form of a Hello
   * @param whenRefused called if the connection ends before that, with why
   */
  ClientGreeting(
      Connection connection,
      PeerIdentity certified,
      LocalSide side,
      Consumer<Hello> whenGreeted,
      Consumer<String> whenRefused) {
    this.connection = connection;
    this.certified = certified;
    this.whenGreeted = whenGreeted;
    this.whenRefused = whenRefused;
    this.deadline = Greetings.deadline(connection, side, "Welcome");
  }

  @Override
  public void frame(Frame frame) {
    switch (frame.getMessageCase()) {
      case MESSAGE_NOT_SET -> {}
      case WELCOME -> welcomed(Greetings.asHello(frame.getWelcome()));
      default ->
          connection.fail(
              ErrorCode.ERROR_MALFORMED,
              frame.getMessageCase() + " as first frame (expected a Welcome)");
    }
  }

  private void welcomed(Hello hello) {
    Optional<Refusal> refusal = Greetings.check(hello, certified);
    if (refusal.isPresent()) {
      connection.fail(refusal.get().code(), refusal.get().text());
      return;
    }
    deadline.cancel();
    whenGreeted.accept(hello);
  }

  @Override
  public void ended(String why) {
    deadline.cancel();
    whenRefused.accept(why);
  }
}
