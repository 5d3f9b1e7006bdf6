package io.waypost.identity.masterkey;

import io.waypost.kernel.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/** A root key could not be encrypted or decrypted. The message never contains a key. */
public class MasterKeyException extends InvalidSettingException {

	private static final long serialVersionUID = 1L;

	public MasterKeyException(String message) {
		this(message, null);
	}

	public MasterKeyException(String message, @Nullable Throwable cause) {
		super(message, "Correct the properties waypost.identity.*; docs/security.md, section Secrets, describes them.");
		initCause(cause);
	}

}
