/** Tests of what every node shares. */
@NullMarked
package net.dglb.node;

import org.jspecify.annotations.NullMarked;
