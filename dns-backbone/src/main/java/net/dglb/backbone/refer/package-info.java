/**
 * The backbone's answers: from a service and a resolver to the label of a load balancer, from a
 * label to its name servers, and at the label address from a label to site addresses. DNS threads
 * run through here: answers are put together from a service's part and a load balancer's part, and
 * nothing is allocated. Called from the DNS engine; calls the index.
 */
@NullMarked
package net.dglb.backbone.refer;

import org.jspecify.annotations.NullMarked;
