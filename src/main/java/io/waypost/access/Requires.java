package io.waypost.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the right that an endpoint requires. The annotation of a method replaces that of
 * its class. The start stops when an endpoint has neither this annotation nor
 * {@link PublicEndpoint}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface Requires {

	/** Returns the rights; one of them is enough. */
	AccessRight[] value();

}
