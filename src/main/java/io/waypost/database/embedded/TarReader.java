package io.waypost.database.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads the tar files in which the PostgreSQL binaries are packed: files, directories and
 * symbolic links with short names. A library for all tar formats would add one megabyte
 * to the jar.
 */
final class TarReader {

	private static final int BLOCK = 512;

	private static final int OWNER_MAY_EXECUTE = 0100;

	/** Type of an entry. */
	enum Kind {

		FILE, DIRECTORY, LINK

	}

	/**
	 * One entry of the archive.
	 *
	 * @param kind type of the entry
	 * @param name path within the archive
	 * @param target target of a symbolic link, otherwise empty
	 * @param executable whether its owner may execute it
	 * @param size bytes of content
	 */
	record TarEntry(Kind kind, String name, String target, boolean executable, long size) {

	}

	private final InputStream input;

	private long unread;

	private long padding;

	TarReader(InputStream input) {
		this.input = input;
	}

	/** Returns the next entry, or null at the end of the archive. */
	@Nullable TarEntry next() throws IOException {
		this.input.skipNBytes(this.unread + this.padding);
		byte[] header = this.input.readNBytes(BLOCK);
		if (header.length < BLOCK || header[0] == 0) {
			return null;
		}
		long size = number(header, 124, 12);
		this.unread = size;
		this.padding = (BLOCK - size % BLOCK) % BLOCK;
		return new TarEntry(kind(header[156]), text(header, 0, 100), text(header, 157, 100),
				(number(header, 100, 8) & OWNER_MAY_EXECUTE) != 0, size);
	}

	/** Returns the content of the entry that was returned last. */
	InputStream content() {
		return new InputStream() {

			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
			}

			@Override
			public int read(byte[] buffer, int offset, int length) throws IOException {
				if (TarReader.this.unread == 0) {
					return -1;
				}
				int count = TarReader.this.input.read(buffer, offset, (int) Math.min(length, TarReader.this.unread));
				if (count < 0) {
					throw new EOFException("The archive is truncated: it ends within a file");
				}
				TarReader.this.unread -= count;
				return count;
			}

		};
	}

	private static Kind kind(byte flag) throws IOException {
		return switch (flag) {
			case '0', 0 -> Kind.FILE;
			case '5' -> Kind.DIRECTORY;
			case '2' -> Kind.LINK;
			default -> throw new IOException("Unsupported type of tar entry: " + (char) flag);
		};
	}

	private static long number(byte[] header, int offset, int length) {
		String octal = text(header, offset, length).strip();
		return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
	}

	private static String text(byte[] header, int offset, int length) {
		int end = offset;
		while (end < offset + length && header[end] != 0) {
			end++;
		}
		return new String(header, offset, end - offset, StandardCharsets.UTF_8);
	}

}
