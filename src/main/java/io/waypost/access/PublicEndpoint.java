package io.waypost.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the controller of endpoints that need no sign-in. The security filter chains list
 * their paths.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PublicEndpoint {

	/** Returns how the controller knows its callers, or why everyone may call it. */
	String value();

}
