/** Tests of where resolvers are read from. */
@NullMarked
package net.dglb.lb.resolvers;

import org.jspecify.annotations.NullMarked;
