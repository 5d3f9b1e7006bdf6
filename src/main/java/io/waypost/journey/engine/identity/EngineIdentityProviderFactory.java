package io.waypost.journey.engine.identity;

import io.waypost.access.UserRepository;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The engine's people are ours. The engine can only read them, which also closes its
 * setup page: nobody can create an administrator there (CVE-2026-77226).
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
