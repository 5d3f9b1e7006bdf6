package io.waypost.feature;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Feature views, online and as of a past moment. */
@Component
public class FeatureStore {

	/**
	 * The values now, for many profiles with one statement.
	 * @param tenant whose profiles
	 * @param profiles whom
	 * @return a value for each profile asked for; unknown ones get empty features
	 */
	public Map<ProfileId, Features> online(TenantId tenant, Collection<ProfileId> profiles) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The values as they were known at a past moment (bitemporal: late events do not leak
	 * into the past).
	 * @param tenant whose profile
	 * @param profile whom
	 * @param asOf the moment
	 * @return the features
	 */
	public Features asOf(TenantId tenant, ProfileId profile, Instant asOf) {
		throw new UnsupportedOperationException();
	}

}
