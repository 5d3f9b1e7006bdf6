package io.waypost.identity.masterkey;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM encryption (NIST SP 800-38D); a random 96-bit nonce precedes the
 * ciphertext.
 */
public final class AesGcm {

	private static final int NONCE = 12;

	private static final int TAG_BITS = 128;

	/** Reused, because looking up a cipher in the providers takes as long as using it. */
	private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(AesGcm::newCipher);

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
			throw new IllegalStateException("Cannot encrypt with AES-GCM", ex);
		}
	}

	public static byte[] open(SecretKey key, byte[] associated, byte[] sealed) {
		byte[] clear = tryOpen(key, associated, sealed);
		if (clear == null) {
			throw new IllegalStateException("Cannot decrypt: the key is wrong or the ciphertext was changed");
		}
		return clear;
	}

	/** Returns null when the key is wrong or the ciphertext was changed. */
	public static byte @Nullable [] tryOpen(SecretKey key, byte[] associated, byte[] sealed) {
		try {
			Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE), associated);
			return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static Cipher newCipher() {
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
