package io.waypost.identity.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with a random 96-bit nonce in front of the ciphertext. */
public final class AesGcm {

	private static final int NONCE = 12;

	private static final int TAG_BITS = 128;

	/** Finding one among the providers costs as much as using it. */
	private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(AesGcm::find);

	private AesGcm() {
	}

	public static byte[] seal(SecretKey key, byte[] associated, byte[] clear, RandomGenerator random) {
		byte[] nonce = new byte[NONCE];
		random.nextBytes(nonce);
		try {
			Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, associated);
			byte[] sealed = Arrays.copyOf(nonce, NONCE + clear.length + TAG_BITS / 8);
			cipher.doFinal(clear, 0, clear.length, sealed, NONCE);
			return sealed;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cannot seal", ex);
		}
	}

	public static byte[] open(SecretKey key, byte[] associated, byte[] sealed) {
		try {
			Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE), associated);
			return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new IllegalStateException("Cannot open: wrong key, or the bytes were changed", ex);
		}
	}

	private static Cipher find() {
		try {
			return Cipher.getInstance("AES/GCM/NoPadding");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The JDK lacks AES-GCM", ex);
		}
	}

	private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
			throws GeneralSecurityException {
		Cipher cipher = CIPHERS.get();
		cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(associated);
		return cipher;
	}

}
