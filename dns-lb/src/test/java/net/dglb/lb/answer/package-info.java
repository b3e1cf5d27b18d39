/** Tests of the way from measurements to answers. */
@NullMarked
package net.dglb.lb.answer;

import org.jspecify.annotations.NullMarked;
