package io.waypost.bench;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The request bodies of one client, generated before the measurement and stored in a
 * file, because half a gigabyte of them would leave too little heap for the measured
 * application.
 */
final class RequestBodies implements Closeable {

	private final Path file;

	private final FileChannel channel;

	/** Start of each body, and end of the last one. */
	private final long[] offsets;

	private RequestBodies(Path file, long[] offsets) throws IOException {
		this.file = file;
		this.channel = FileChannel.open(file);
		this.offsets = offsets;
	}

	static RequestBodies of(int bodies, Supplier<byte[]> next) throws IOException {
		Path file = Files.createTempFile(Files.createDirectories(Path.of("target/bench")), "load", ".json");
		long[] offsets = new long[bodies + 1];
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
			for (int i = 0; i < bodies; i++) {
				byte[] body = next.get();
				out.write(body);
				offsets[i + 1] = offsets[i] + body.length;
			}
		}
		return new RequestBodies(file, offsets);
	}

	int size() {
		return this.offsets.length - 1;
	}

	byte[] body(int number) throws IOException {
		ByteBuffer body = ByteBuffer.allocate((int) (this.offsets[number + 1] - this.offsets[number]));
		while (body.hasRemaining()) {
			this.channel.read(body, this.offsets[number] + body.position());
		}
		return body.array();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		Files.delete(this.file);
	}

}
