/** Tests of the lab's plan. */
@NullMarked
package net.dglb.lab.plan;

import org.jspecify.annotations.NullMarked;
