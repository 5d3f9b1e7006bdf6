package io.waypost.delivery;

/**
 * Thrown when a send must not be queued because a stored fact is missing: permission, the
 * inspection of its content, or an approved review; or when a campaign must not be sent
 * because its approval is missing.
 */
public final class NotClearedException extends IllegalStateException {

	private static final long serialVersionUID = 1;

	/**
	 * Creates the exception.
	 * @param message the send, what is missing, and which step adds it
	 */
	public NotClearedException(String message) {
		super(message);
	}

}
