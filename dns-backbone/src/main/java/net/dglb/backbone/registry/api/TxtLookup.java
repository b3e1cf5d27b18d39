package net.dglb.backbone.registry.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import net.dglb.net.DomainName;

/** Looks up TXT records as anybody would. */
public interface TxtLookup {

  /**
   * The texts at a name; none if there are none. Completed exceptionally, with a text for people,
   * if nobody could say.
   */
  CompletionStage<List<String>> texts(DomainName name);
}
