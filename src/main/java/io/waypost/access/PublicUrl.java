package io.waypost.access;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The address under which people reach this installation: {@code waypost.public-url}. */
@Component
public final class PublicUrl {

	private final String value;

	public PublicUrl(@Value("${waypost.public-url}") String value) {
		this.value = value.replaceFirst("/+$", "");
	}

	/**
	 * Returns the absolute address of a page.
	 * @param path begins with a slash; empty for the address itself
	 * @return absolute URL
	 */
	public String of(String path) {
		return this.value + path;
	}

}
