package io.waypost.sample;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Opens resource files of the sample workspace. */
final class SampleResource {

	private SampleResource() {
	}

	static InputStream open(String name) throws IOException {
		InputStream in = SampleResource.class.getResourceAsStream("/sample/" + name);
		if (in == null) {
			throw new FileNotFoundException("sample/" + name);
		}
		return in;
	}

}
