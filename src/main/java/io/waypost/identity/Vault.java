package io.waypost.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import javax.crypto.SecretKey;

import io.waypost.identity.masterkey.AesGcm;
import io.waypost.identity.resolution.StaleIdentityException;
import io.waypost.identity.vault.KeyPurpose;
import io.waypost.identity.vault.DataKeyRepository;
import io.waypost.identity.vault.Keyring;
import io.waypost.identity.vault.VaultFieldRepository;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores direct identifiers encrypted with a key per profile, and encrypts other personal
 * data with the same key.
 */
@Component
public class Vault {

	static final String EMAIL = "email";

	private static final String FIRST_NAME = "firstName";

	private static final int KEY_ID = 16;

	private final VaultFieldRepository fields;

	private final DataKeyRepository keys;

	private final Keyring keyring;

	private final RandomGenerator random;

	Vault(VaultFieldRepository fields, DataKeyRepository keys, Keyring keyring, RandomGenerator random) {
		this.fields = fields;
		this.keys = keys;
		this.keyring = keyring;
		this.random = random;
	}

	/**
	 * Decrypts the direct identifiers of many profiles with one statement.
	 * @param tenant the tenant
	 * @param ids profile ids, after all merges
	 * @return those with an entry in the vault
	 */
	public Map<ProfileId, ContactDetails> open(TenantId tenant, Collection<ProfileId> ids) {
		Map<ProfileId, ContactDetails> people = HashMap.newHashMap(ids.size());
		this.fields.open(tenant, ids.stream().map(ProfileId::value).toList())
			.forEach((id, opened) -> people.put(new ProfileId(id), person(opened)));
		return people;
	}

	/**
	 * Decrypts only what a message needs: e-mail address and first name.
	 * @param tenant the tenant
	 * @param ids profile ids, after all merges
	 * @return those with an entry in the vault; only e-mail address and first name are
	 * set
	 */
	public Map<ProfileId, ContactDetails> openRecipients(TenantId tenant, Collection<ProfileId> ids) {
		Map<ProfileId, ContactDetails> people = HashMap.newHashMap(ids.size());
		this.fields.open(tenant, ids.stream().map(ProfileId::value).toList(), List.of(EMAIL, FIRST_NAME))
			.forEach((id, opened) -> people.put(new ProfileId(id), person(opened)));
		return people;
	}

	/**
	 * Decrypts everything that the vault holds of one profile.
	 * @param tenant the tenant
	 * @param id profile id, after all merges
	 * @return user ids, and values by field
	 */
	public DecryptedProfile openAll(TenantId tenant, ProfileId id) {
		Map<String, VaultFieldRepository.DecryptedValue> opened = this.fields.open(tenant, List.of(id.value()))
			.getOrDefault(id.value(), Map.of());
		Map<String, String> traits = new HashMap<>();
		opened.forEach((field, value) -> {
			if (!field.startsWith(VaultFieldRepository.USER_ID)) {
				traits.put(field, value.value());
			}
		});
		return new DecryptedProfile(userIds(opened), traits);
	}

	/**
	 * Encrypts bytes so that they become unreadable when the profile is erased.
	 * @param tenant the tenant
	 * @param id profile id
	 * @param clear bytes to encrypt
	 * @return key id, nonce and ciphertext
	 */
	@Transactional
	public byte[] seal(TenantId tenant, ProfileId id, byte[] clear) {
		UnaryOperator<byte[]> seal = sealers(tenant, List.of(id)).get(id);
		if (seal == null) {
			throw new StaleIdentityException("A profile");
		}
		return seal.apply(clear);
	}

	/**
	 * Prepares {@link #seal} for many profiles with one read of their keys.
	 * @param tenant the tenant
	 * @param ids profile ids
	 * @return a function that encrypts bytes for each profile; erased profiles are absent
	 */
	@Transactional
	public Map<ProfileId, UnaryOperator<byte[]>> sealers(TenantId tenant, Collection<ProfileId> ids) {
		Map<ProfileId, UnaryOperator<byte[]>> sealers = HashMap.newHashMap(ids.size());
		Set<UUID> keyIds = ids.stream().map(ProfileId::value).collect(Collectors.toSet());
		this.keys.findOrCreate(tenant, keyIds)
			.forEach((id, key) -> sealers.put(new ProfileId(id), (clear) -> seal(tenant, id, key, clear)));
		return sealers;
	}

	private byte[] seal(TenantId tenant, UUID keyId, SecretKey key, byte[] clear) {
		byte[] sealed = AesGcm.seal(key, associated(tenant, keyId), clear, this.random);
		return ByteBuffer.allocate(KEY_ID + sealed.length)
			.putLong(keyId.getMostSignificantBits())
			.putLong(keyId.getLeastSignificantBits())
			.put(sealed)
			.array();
	}

	/**
	 * Decrypts the result of {@link #seal}, also when the profile was merged into another
	 * since.
	 * @param tenant the tenant
	 * @param id the profile, or its survivor
	 * @param sealed the result of {@link #seal}
	 * @return the clear bytes
	 * @throws IllegalStateException when the profile was erased or the bytes were changed
	 */
	public byte[] unseal(TenantId tenant, ProfileId id, byte[] sealed) {
		ByteBuffer envelope = ByteBuffer.wrap(sealed);
		if (sealed.length < KEY_ID) {
			throw new IllegalStateException("The encrypted bytes are too short for profile " + id);
		}
		UUID keyId = new UUID(envelope.getLong(), envelope.getLong());
		SecretKey key = this.keys.find(tenant, List.of(keyId)).get(keyId);
		if (key == null) {
			throw new IllegalStateException("Profile %s was erased; its data cannot be decrypted".formatted(id));
		}
		byte[] rest = new byte[envelope.remaining()];
		envelope.get(rest);
		return AesGcm.open(key, associated(tenant, keyId), rest);
	}

	/**
	 * Encrypts bytes with personal data that is not assigned to a profile.
	 * @param tenant the tenant
	 * @param clear bytes to encrypt
	 * @return nonce and ciphertext
	 */
	public byte[] sealUnassigned(TenantId tenant, byte[] clear) {
		return this.keyring.seal(KeyPurpose.UNASSIGNED_DATA, tenant, unassigned(tenant), clear, this.random);
	}

	/**
	 * Decrypts the result of {@link #sealUnassigned}.
	 * @param tenant the tenant
	 * @param sealed nonce and ciphertext
	 * @return the clear bytes
	 * @throws IllegalStateException when the bytes were changed
	 */
	public byte[] unsealUnassigned(TenantId tenant, byte[] sealed) {
		return this.keyring.open(KeyPurpose.UNASSIGNED_DATA, tenant, unassigned(tenant), sealed);
	}

	private static ContactDetails person(Map<String, VaultFieldRepository.DecryptedValue> opened) {
		List<String> userIds = userIds(opened);
		return new ContactDetails(userIds.isEmpty() ? null : userIds.getFirst(),
				EmailAddress.parse(value(opened, EMAIL)).orElse(null), value(opened, FIRST_NAME),
				value(opened, "lastName"), value(opened, "phone"));
	}

	private static List<String> userIds(Map<String, VaultFieldRepository.DecryptedValue> opened) {
		return opened.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(VaultFieldRepository.USER_ID))
			.map(Map.Entry::getValue)
			.sorted(Comparator.comparing(VaultFieldRepository.DecryptedValue::at)
				.reversed()
				.thenComparing(VaultFieldRepository.DecryptedValue::value))
			.map(VaultFieldRepository.DecryptedValue::value)
			.toList();
	}

	private static @Nullable String value(Map<String, VaultFieldRepository.DecryptedValue> opened, String field) {
		VaultFieldRepository.DecryptedValue value = opened.get(field);
		return (value != null) ? value.value() : null;
	}

	private static byte[] associated(TenantId tenant, UUID key) {
		return (tenant.value() + '|' + key + "|sealed").getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] unassigned(TenantId tenant) {
		return (tenant.value() + "|unassigned").getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Everything that the vault holds of one profile, decrypted. Never store or log it.
	 *
	 * @param userIds the person's ids at the source, newest first
	 * @param traits direct identifiers by field
	 */
	public record DecryptedProfile(List<String> userIds, Map<String, String> traits) {

		public DecryptedProfile {
			userIds = List.copyOf(userIds);
			traits = Map.copyOf(traits);
		}

		@Override
		public String toString() {
			return "Dossier[***]";
		}

	}

}
