package net.dglb.backbone.refer;

import java.util.Optional;
import java.util.function.Supplier;

/** Hears what this node itself answers otherwise than before. Called on the control thread. */
public interface OwnAnswers {

  /** Takes no notice. */
  OwnAnswers UNHEARD = (where, before, now) -> {};

  /**
   * A place is answered otherwise from now on, or for the first time since the start.
   *
   * @param before as it was answered until now; empty if it was not
   * @param now may be asked later: what it gives does not change any more
   */
  void answered(OwnPlace where, Optional<Supplier<OwnAnswer>> before, Supplier<OwnAnswer> now);
}
