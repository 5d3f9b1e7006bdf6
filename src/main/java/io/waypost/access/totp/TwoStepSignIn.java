package io.waypost.access.totp;

import java.net.URLEncoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

import io.waypost.access.Caller;
import io.waypost.access.CredentialHandovers;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.SecretCipher;
import io.waypost.access.user.AccountChangePolicy;
import io.waypost.database.SqlTime;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Two-step sign-in of users: enrolment, check of codes, removal. Secrets are stored
 * encrypted, recovery codes as hashes. A code works once.
 */
@Component
public class TwoStepSignIn {

	private static final int RECOVERY_CODES = 10;

	private static final String RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

	private static final int RECOVERY_LENGTH = 16;

	private final JdbcClient jdbc;

	private final SecretCipher cipher;

	private final RandomGenerator random;

	private final AccountChangePolicy policy;

	private final CredentialHandovers handovers;

	private final Ledger ledger;

	private final Clock clock;

	TwoStepSignIn(JdbcClient jdbc, SecretCipher cipher, RandomGenerator random, AccountChangePolicy policy,
			CredentialHandovers handovers, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.cipher = cipher;
		this.random = random;
		this.policy = policy;
		this.handovers = handovers;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * A new secret, until a code confirms it.
	 *
	 * @param secret in Base32, to type into an app
	 * @param uri {@code otpauth} URI
	 * @param qrCode the URI as an SVG element
	 */
	record Enrolment(String secret, String uri, String qrCode) {

	}

	private record Stored(byte[] sealed, long lastStep) {

	}

	/** Whether a sign-in of the user needs a code. */
	public boolean isActive(TenantId tenant, String name) {
		return this.jdbc
			.sql("SELECT count(*) FROM access.totp WHERE tenant_id = ? AND user_name = ? AND confirmed_at IS NOT NULL")
			.params(tenant.value(), name)
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Makes a secret for a user. It replaces an earlier one that was not confirmed.
	 * @throws InvalidRequestException a 409 when two-step sign-in is on
	 */
	@Transactional
	Enrolment begin(TenantId tenant, String name) {
		byte[] secret = new byte[TotpCode.SECRET_BYTES];
		this.random.nextBytes(secret);
		int stored = this.jdbc.sql("""
				INSERT INTO access.totp (tenant_id, user_name, secret) VALUES (?, ?, ?)
				ON CONFLICT (tenant_id, user_name) DO UPDATE SET secret = excluded.secret, last_step = 0
				WHERE totp.confirmed_at IS NULL
				""").params(tenant.value(), name, this.cipher.seal(tenant, purpose(name), secret)).update();
		if (stored == 0) {
			throw InvalidRequestException.conflict("Two-step sign-in is on already; turn it off first");
		}
		String text = TotpCode.base32(secret);
		String uri = "otpauth://totp/Waypost:%s?secret=%s&issuer=Waypost".formatted(URLEncoder.encode(name, UTF_8),
				text);
		return new Enrolment(text, uri, QrCodeSvg.of(uri, "QR code"));
	}

	/**
	 * Turns two-step sign-in on.
	 * @param tenant the user's tenant
	 * @param name the user
	 * @param code code of the app, which proves that it has the secret
	 * @return recovery codes, which are shown once; empty for a wrong code
	 */
	@Transactional
	Optional<List<String>> confirm(TenantId tenant, String name, String code) {
		if (isActive(tenant, name) || !useCode(tenant, name, code)) {
			return Optional.empty();
		}
		this.jdbc.sql("UPDATE access.totp SET confirmed_at = ? WHERE tenant_id = ? AND user_name = ?")
			.params(SqlTime.of(this.clock.instant()), tenant.value(), name)
			.update();
		List<String> codes = new ArrayList<>();
		for (int index = 0; index < RECOVERY_CODES; index++) {
			String recovery = recoveryCode();
			codes.add(recovery);
			this.jdbc.sql("INSERT INTO access.recovery_code (tenant_id, user_name, hash) VALUES (?, ?, ?)")
				.params(tenant.value(), name, hash(recovery))
				.update();
		}
		record(tenant, "user.two_step_on", name, "user:" + name);
		return Optional.of(codes);
	}

	/**
	 * Checks the second step of a sign-in.
	 * @param tenant the user's tenant
	 * @param name the user
	 * @param code code of the app, or a recovery code; each works once
	 * @return true when the code is right and was not used before
	 */
	@Transactional
	public boolean verify(TenantId tenant, String name, String code) {
		if (useCode(tenant, name, code)) {
			return true;
		}
		int used = this.jdbc.sql("DELETE FROM access.recovery_code WHERE tenant_id = ? AND user_name = ? AND hash = ?")
			.params(tenant.value(), name, hash(code))
			.update();
		if (used == 1) {
			record(tenant, "user.recovery_code_used", name, "user:" + name);
		}
		return used == 1;
	}

	/**
	 * Turns two-step sign-in off.
	 * @param caller who turns it off, for the own account or another one of the tenant
	 * @param name the user
	 * @return false when it was not on
	 * @throws InvalidRequestException a 404 for an unknown user, a 403 for an account
	 * with more rights than the caller's
	 */
	@Transactional
	boolean remove(Caller caller, String name) {
		TenantId tenant = this.policy.require(caller, name).tenant();
		int removed = this.jdbc.sql("DELETE FROM access.totp WHERE tenant_id = ? AND user_name = ?")
			.params(tenant.value(), name)
			.update();
		if (removed == 1) {
			this.handovers.record(tenant, name, caller.actor());
			record(tenant, "user.two_step_off", name, caller.actor());
		}
		return removed == 1;
	}

	/** Of two sign-ins with the same code at the same time, one updates the row. */
	private boolean useCode(TenantId tenant, String name, String code) {
		Optional<Stored> stored = this.jdbc
			.sql("SELECT secret, last_step FROM access.totp WHERE tenant_id = ? AND user_name = ?")
			.params(tenant.value(), name)
			.query((row, number) -> new Stored(row.getBytes("secret"), row.getLong("last_step")))
			.optional();
		if (stored.isEmpty()) {
			return false;
		}
		byte[] secret = this.cipher.open(tenant, purpose(name), stored.get().sealed());
		OptionalLong step = TotpCode.verify(secret, code, this.clock.instant(), stored.get().lastStep());
		return step.isPresent() && this.jdbc.sql(
				"UPDATE access.totp SET last_step = :step WHERE tenant_id = :tenant AND user_name = :name AND last_step < :step")
			.param("step", step.getAsLong())
			.param("tenant", tenant.value())
			.param("name", name)
			.update() == 1;
	}

	private String recoveryCode() {
		StringBuilder code = new StringBuilder();
		for (int index = 0; index < RECOVERY_LENGTH; index++) {
			code.append((index > 0 && index % 4 == 0) ? "-" : "")
				.append(RECOVERY_ALPHABET.charAt(this.random.nextInt(RECOVERY_ALPHABET.length())));
		}
		return code.toString();
	}

	/** 78 random bits need no slow hash. */
	private static byte[] hash(String code) {
		return Fingerprint.ofText(code.strip().toLowerCase(Locale.ROOT)).bytes();
	}

	private static String purpose(String name) {
		return "totp:" + name;
	}

	private void record(TenantId tenant, String kind, String name, String actor) {
		this.ledger
			.record(List.of(new LedgerEntry(tenant, this.clock.instant(), kind, "user:" + name, actor, Map.of())));
	}

}
