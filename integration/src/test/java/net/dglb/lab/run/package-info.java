/** Tests of what the lab writes and runs. */
@NullMarked
package net.dglb.lab.run;

import org.jspecify.annotations.NullMarked;
