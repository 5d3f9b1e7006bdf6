package io.waypost.consent;

import java.util.Collection;
import java.util.Map;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Decides by {@code dmn/consent.dmn} whether people may be written to. Fails closed. */
@Component
public class PermissionGate {

	/**
	 * Decides for many people with a bounded number of statements. The consent rows read
	 * are locked {@code FOR SHARE} until the caller's transaction ends, so that a
	 * revocation either is seen here or commits after the caller.
	 * @param tenant whose people
	 * @param topic what the message is about
	 * @param profiles whom
	 * @return an answer for each profile asked for, unknown ones included
	 */
	public Map<ProfileId, Permission> decide(TenantId tenant, String topic, Collection<ProfileId> profiles) {
		throw new UnsupportedOperationException();
	}

}
