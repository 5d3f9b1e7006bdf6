package io.waypost.journey.engine;

import io.waypost.access.Users;
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
class DirectoryFactory implements SessionFactory {

	private final ObjectProvider<Users> users;

	DirectoryFactory(ObjectProvider<Users> users) {
		this.users = users;
	}

	@Override
	public Class<?> getSessionType() {
		return ReadOnlyIdentityProvider.class;
	}

	@Override
	public Session openSession() {
		return new Directory(this.users.getObject());
	}

}
