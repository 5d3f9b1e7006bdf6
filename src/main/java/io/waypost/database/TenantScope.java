package io.waypost.database;

import java.util.Optional;
import java.util.function.Supplier;

import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * The tenant whose rows the current thread may read and write. PostgreSQL's row-level
 * security enforces it: each transaction gets the scope as the setting
 * {@code waypost.tenant}. Without a scope no row of a tenant is visible, and statements
 * on such tables fail.
 * <p>
 * A request runs in the scope of its caller. Work that handles rows of several tenants,
 * such as claiming due sends, opens the scope of all tenants; docs/security.md lists it.
 * Scopes nest, and a thread does not inherit the scope of the one that started it.
 */
public final class TenantScope implements AutoCloseable {

	/** Value of the setting for all tenants; no tenant has this id. */
	private static final String ALL = "*";

	/** As {@link #ALL}, with the tenants of other regions. */
	private static final String ANYWHERE = "**";

	private static final ThreadLocal<@Nullable TenantScope> CURRENT = new ThreadLocal<>();

	private final String setting;

	private final @Nullable TenantScope outer;

	private TenantScope(String setting) {
		this.setting = setting;
		this.outer = CURRENT.get();
	}

	/**
	 * Opens the scope of one tenant on this thread. Close it on the same thread.
	 * @param tenant whose rows are visible
	 * @return the open scope
	 */
	public static TenantScope open(TenantId tenant) {
		return new TenantScope(tenant.value()).begin();
	}

	/**
	 * Opens the scope of all tenants on this thread, for work of the installation. Close
	 * it on the same thread.
	 * @return the open scope
	 */
	public static TenantScope openAll() {
		return new TenantScope(ALL).begin();
	}

	/**
	 * Does work for one tenant.
	 * @param tenant whose rows are visible
	 * @param work what to do
	 * @return the result of the work
	 */
	public static <T extends @Nullable Object> T of(TenantId tenant, Supplier<T> work) {
		try (TenantScope scope = open(tenant)) {
			return work.get();
		}
	}

	/**
	 * Does work of the installation, which sees the rows of all tenants.
	 * @param work what to do
	 * @return the result of the work
	 */
	public static <T extends @Nullable Object> T all(Supplier<T> work) {
		try (TenantScope scope = openAll()) {
			return work.get();
		}
	}

	/**
	 * Does work for one tenant.
	 * @param tenant whose rows are visible
	 * @param work what to do
	 */
	public static void run(TenantId tenant, Runnable work) {
		try (TenantScope scope = open(tenant)) {
			work.run();
		}
	}

	/**
	 * Does work of the installation, which sees the rows of all tenants.
	 * @param work what to do
	 */
	public static void runAll(Runnable work) {
		try (TenantScope scope = openAll()) {
			work.run();
		}
	}

	/**
	 * Does work that must find tenants of other regions too: the look-up of a credential,
	 * so that its caller can be told the region, and the administration of tenants.
	 * @param work what to do
	 * @return the result of the work
	 */
	public static <T extends @Nullable Object> T anywhere(Supplier<T> work) {
		try (TenantScope scope = new TenantScope(ANYWHERE).begin()) {
			return work.get();
		}
	}

	/**
	 * Returns the value of the setting {@code waypost.tenant} for this thread.
	 * @return a tenant id, {@code *} for all tenants of this region, {@code **} for those
	 * of all regions; empty without a scope
	 */
	public static Optional<String> currentSetting() {
		TenantScope current = CURRENT.get();
		return (current != null) ? Optional.of(current.setting) : Optional.empty();
	}

	/** Whether this thread sees the rows of all tenants. */
	public static boolean isAll() {
		TenantScope current = CURRENT.get();
		return current != null && current.setting.startsWith(ALL);
	}

	private TenantScope begin() {
		CURRENT.set(this);
		return this;
	}

	/** Restores the scope that was open before. */
	@Override
	public void close() {
		if (this.outer != null) {
			CURRENT.set(this.outer);
		}
		else {
			CURRENT.remove();
		}
	}

}
