package io.waypost.identity;

import java.util.function.Consumer;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * One part of the export of a person's data. Every module that deletes data on
 * {@link ProfileErased} has at least one.
 */
public interface PersonalRecords {

	/**
	 * Names the part of an export.
	 * @return plural noun in camel case
	 */
	String section();

	/**
	 * Reads everything, a page at a time, in the caller's transaction.
	 * @param tenant the tenant
	 * @param profile the profile, after all merges
	 * @param sink receives one record at a time; each is written as JSON
	 */
	void read(TenantId tenant, ProfileId profile, Consumer<Object> sink);

}
