/** Tests of what operators say of sites. */
@NullMarked
package net.dglb.lb.operate;

import org.jspecify.annotations.NullMarked;
