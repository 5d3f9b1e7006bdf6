package io.waypost.console;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The page's id does not exist in the caller's tenant: 404. */
public class PageNotFoundException extends ResponseStatusException {

	public PageNotFoundException() {
		this(null, null);
	}

	/**
	 * Makes the exception with a reason.
	 * @param reason what was not found
	 * @param cause why the id is malformed, null when it is well-formed
	 */
	public PageNotFoundException(@Nullable String reason, @Nullable Throwable cause) {
		super(HttpStatus.NOT_FOUND, reason, cause);
	}

}
