package io.waypost.access.saml;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.waypost.access.PublicUrl;
import io.waypost.access.Role;
import io.waypost.testing.TestSamlProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Validates responses of an identity provider, and attacks the validation. */
class SamlResponseValidatorTests {

	private static final String PUBLIC_URL = "https://waypost.example";

	private static final SamlProvider provider = provider(false);

	private static final SamlProvider strict = provider(true);

	private final TestSamlResponse response = new TestSamlResponse(PUBLIC_URL, TestSamlProvider.CORPORATE);

	private final SamlResponseValidator validator = new SamlResponseValidator(
			Clock.fixed(this.response.now, ZoneOffset.UTC));

	@Test
	void readsTheSignedAssertion() {
		SamlAssertion assertion = validate(TestSamlResponse.encode(this.response.signed()));
		assertThat(assertion.id()).isEqualTo(this.response.assertionId);
		assertThat(assertion.inResponseTo()).isEqualTo("_request-1");
		assertThat(assertion.subject()).isEqualTo("anna@hearth.example");
		assertThat(assertion.sessionIndex()).isEqualTo("session-1");
		assertThat(assertion.values("groups")).containsExactly("corporate-admins");
		assertThat(assertion.values("login")).containsExactly("anna");
		assertThat(assertion.expiresAt()).isEqualTo(this.response.confirmedUntil.plus(SamlConditions.SKEW));
	}

	@Test
	void readsAnAssertionInSignedMessageToo() {
		var document = this.response.signed();
		this.response.sign(document.getDocumentElement());
		assertThat(validate(TestSamlResponse.encode(document)).subject()).isEqualTo("anna@hearth.example");
	}

	@Test
	void readsTheEncryptedAssertion() {
		String message = TestSamlResponse.encode(this.response.encrypted(TestSamlResponse.OAEP));
		assertThat(message).doesNotContain("NameID");
		assertThat(validate(message).subject()).isEqualTo("anna@hearth.example");
	}

	@Test
	void readsAnUnsolicitedAssertion() {
		assertThat(validate(TestSamlResponse.encode(this.response.answering(null).signed())).inResponseTo()).isNull();
	}

	@ParameterizedTest
	@EnumSource(SamlAttack.class)
	void refuses(SamlAttack attack) {
		String message = attack.message(this.response);
		assertThatExceptionOfType(SamlRefusedException.class).isThrownBy(() -> validate(message))
			.satisfies((refused) -> assertThat(refused.getMessage()).matches(attack.reason()));
	}

	/** All but the signature, the status and the decryption holds without the library. */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE,
			names = { "ANOTHER_CERTIFICATE", "TRUSTED_CERTIFICATE_WITH_ANOTHER_KEY", "CHANGED_AFTER_SIGNING",
					"FAILED_STATUS", "ENCRYPTED_BUT_UNSIGNED", "ENCRYPTED_AND_EXPIRED", "ENCRYPTED_WITH_COMMENT" })
	void refusesWithoutTheLibrary(SamlAttack attack) {
		String xml = new String(Base64.getDecoder().decode(attack.message(this.response)), StandardCharsets.UTF_8);
		assertThatExceptionOfType(SamlRefusedException.class).isThrownBy(() -> this.validator.read(provider, xml))
			.satisfies((refused) -> assertThat(refused.getMessage()).matches(attack.reason()));
	}

	@Test
	void acceptsClockDifferencesOfOneMinute() {
		this.response.notOnOrAfter = this.response.now.minus(Duration.ofSeconds(59));
		this.response.confirmedUntil = this.response.notOnOrAfter;
		assertThat(validate(TestSamlResponse.encode(this.response.signed()))).isNotNull();
		this.response.notOnOrAfter = this.response.now.plusSeconds(90);
		this.response.confirmedUntil = this.response.notOnOrAfter;
		this.response.notBefore = this.response.now.plusSeconds(60);
		assertThat(validate(TestSamlResponse.encode(this.response.signed()))).isNotNull();
	}

	@Test
	void refusesUnencryptedAssertionsIfEncryptionIsRequired() {
		String plain = TestSamlResponse.encode(this.response.signed());
		assertThatExceptionOfType(SamlRefusedException.class).isThrownBy(() -> this.validator.validate(strict, plain))
			.withMessageContaining("not encrypted");
		assertThat(this.validator.validate(strict,
				TestSamlResponse.encode(this.response.encrypted(TestSamlResponse.OAEP))))
			.isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "%%%", "bm90IHhtbA==", "PGEvPg==", "gICA" })
	void refusesWhatIsNoResponse(String message) {
		assertThatExceptionOfType(SamlRefusedException.class).isThrownBy(() -> validate(message));
	}

	@Test
	void refusesDeepAndLongMessages() {
		String deep = "<a>".repeat(60) + "</a>".repeat(60);
		assertThatExceptionOfType(SamlRefusedException.class).isThrownBy(() -> validate(TestSamlResponse.encode(deep)))
			.withMessageContaining("deeper");
		assertThatExceptionOfType(SamlRefusedException.class).isThrownBy(() -> validate("A".repeat(600_000)))
			.withMessageContaining("more than");
	}

	private SamlAssertion validate(String message) {
		return this.validator.validate(provider, message);
	}

	private static SamlProvider provider(boolean encryptionRequired) {
		SamlSettings settings = new SamlSettings(TestSamlProvider.CORPORATE, null, "shop",
				TestSamlProvider.entityId(TestSamlProvider.CORPORATE), "https://sso.hearth.example/sso", null,
				TestSamlProvider.pem(TestSamlProvider.IDP_CERTIFICATE), "groups", null,
				Map.of(Role.ADMIN, List.of("corporate-admins")), true, false, encryptionRequired,
				TestSamlProvider.pem(TestSamlProvider.OWN_CERTIFICATE),
				TestSamlProvider.pem(TestSamlProvider.OWN_KEYS.getPrivate()));
		return SamlProvider.of(settings, new PublicUrl(PUBLIC_URL));
	}

}
