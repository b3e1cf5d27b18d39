/** Time as something that is passed in: a node's one control thread, or a virtual one in tests. */
@NullMarked
package net.dglb.time;

import org.jspecify.annotations.NullMarked;
