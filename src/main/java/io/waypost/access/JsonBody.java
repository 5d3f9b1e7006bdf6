package io.waypost.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the type that describes a request body which a controller reads as a
 * {@code JsonNode}. Unknown fields are refused by this type, and the OpenAPI document
 * shows its schema.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface JsonBody {

	/**
	 * Type of the body. A body may also be an array of this type.
	 * @return a record, or {@code JsonNode} when the body may have any field
	 */
	Class<?> value();

}
