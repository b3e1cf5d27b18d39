/** Tests of the lab's sites. */
@NullMarked
package net.dglb.lab.site;

import org.jspecify.annotations.NullMarked;
