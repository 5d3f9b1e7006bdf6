package io.waypost.identity;

import java.util.function.Consumer;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * What a room keeps of a person, for the person's own eyes. Every room that listens to
 * {@link ProfileErased} has one: what is forgotten can be asked for before.
 */
public interface PersonalRecords {

	/**
	 * Names the part of an export.
	 * @return plural noun in camel case
	 */
	String section();

	/**
	 * Reads everything, a page at a time, in the caller's transaction.
	 * @param tenant whose person
	 * @param profile who, after all merges
	 * @param sink takes one record after the other, in a shape that becomes JSON
	 */
	void read(TenantId tenant, ProfileId profile, Consumer<Object> sink);

}
