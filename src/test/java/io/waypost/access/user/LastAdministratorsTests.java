package io.waypost.access.user;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.security.crypto.factory.PasswordEncoderFactories;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Administrators of the installation may belong to different tenants. */
class LastAdministratorsTests {

	private final TestDatabase database = TestDatabase.migrated();

	private final AccountProvisioner accounts = new AccountProvisioner(this.database.client(),
			PasswordEncoderFactories.createDelegatingPasswordEncoder(), Clock.systemUTC());

	private final LastAdministrators administrators = new LastAdministrators(this.database.client());

	private final User first = administrator(TestDatabase.newTenant());

	private final User second = administrator(TestDatabase.newTenant());

	@Test
	void keepsOneAdministratorOfTheInstallation() {
		inRolledBackTransaction(() -> {
			this.database.client().sql("DELETE FROM access.user_role WHERE role = 'PLATFORM_ADMIN'").update();
			create(this.first);
			assertThatExceptionOfType(InvalidRequestException.class)
				.isThrownBy(() -> this.administrators.requireOther(this.first, Role.PLATFORM_ADMIN))
				.withMessageContaining("last active administrator of the installation");
			create(this.second);
			assertThatCode(() -> this.administrators.requireOther(this.first, Role.PLATFORM_ADMIN))
				.doesNotThrowAnyException();
		});
	}

	@Test
	void doesNotCountAdministratorsWithoutPassword() {
		inRolledBackTransaction(() -> {
			this.database.client().sql("DELETE FROM access.user_role WHERE role = 'PLATFORM_ADMIN'").update();
			create(this.first);
			create(this.second);
			this.database.client()
				.sql("UPDATE access.app_user SET password = NULL WHERE name = ?")
				.param(this.second.name())
				.update();
			assertThatExceptionOfType(InvalidRequestException.class)
				.isThrownBy(() -> this.administrators.requireOther(this.first, Role.PLATFORM_ADMIN));
		});
	}

	@Test
	void countsAdministratorsOfTheSameTenantOnly() {
		inRolledBackTransaction(() -> {
			create(this.first);
			create(this.second);
			assertThatExceptionOfType(InvalidRequestException.class)
				.isThrownBy(() -> this.administrators.requireOther(this.first, Role.ADMIN));
		});
	}

	private void create(User user) {
		this.accounts.createTenant(user.tenant());
		this.accounts.createUser(user, "correct horse battery");
	}

	private void inRolledBackTransaction(Runnable test) {
		this.database.transactions().executeWithoutResult((status) -> {
			status.setRollbackOnly();
			test.run();
		});
	}

	private static User administrator(TenantId tenant) {
		return new User(tenant, "root-" + tenant.value(), Set.copyOf(EnumSet.of(Role.ADMIN, Role.PLATFORM_ADMIN)));
	}

}
