/** Tests of labels that their load balancers sign. */
@NullMarked
package net.dglb.backbone.secure;

import org.jspecify.annotations.NullMarked;
