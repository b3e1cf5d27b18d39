/** Tests of what is kept on disk. */
@NullMarked
package net.dglb.lb.state;

import org.jspecify.annotations.NullMarked;
