package io.waypost.journey.engine.identity;

import io.waypost.access.UserRepository;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Opens the read-only identity provider. Read-only also closes the engine's setup page,
 * on which anyone could create the first administrator (CVE-2026-77226).
 */
@Component
public class EngineIdentityProviderFactory implements SessionFactory {

	private final ObjectProvider<UserRepository> users;

	EngineIdentityProviderFactory(ObjectProvider<UserRepository> users) {
		this.users = users;
	}

	@Override
	public Class<?> getSessionType() {
		return ReadOnlyIdentityProvider.class;
	}

	@Override
	public Session openSession() {
		return new EngineIdentityProvider(this.users.getObject());
	}

}
