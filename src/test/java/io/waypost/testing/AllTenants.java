package io.waypost.testing;

import io.waypost.database.TenantScope;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Lets the thread of a test see the rows of all tenants, once the application has
 * started. Requests and background work of the application open their own scopes.
 */
public final class AllTenants implements TestExecutionListener {

	private @Nullable TenantScope scope;

	@Override
	public void beforeTestClass(TestContext test) {
		test.getApplicationContext();
		this.scope = open();
	}

	/** Opens the scope on this thread, which then also evaluates conditions. */
	static TenantScope open() {
		Awaitility.pollInSameThread();
		return TenantScope.openAll();
	}

	@Override
	public void afterTestClass(TestContext test) {
		if (this.scope != null) {
			this.scope.close();
		}
	}

}
