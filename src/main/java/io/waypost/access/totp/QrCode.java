package io.waypost.access.totp;

import java.util.Arrays;

/**
 * A QR code (ISO/IEC 18004) of up to 230 bytes: byte mode, versions 1 to 9, error
 * correction level L. Enough for an {@code otpauth} URI.
 */
final class QrCode {

	static final int MAX_BYTES = 230;

	/** Error correction bytes of each block, by version. */
	private static final int[] CORRECTION = { 7, 10, 15, 20, 26, 18, 20, 24, 30 };

	private static final int FIRST_VERSION_WITH_TWO_BLOCKS = 6;

	private static final int FIRST_VERSION_WITH_INFORMATION = 7;

	private static final int HEADER_BYTES = 2;

	/** Level L and mask 0, with their check bits, as the standard lists them. */
	private static final int FORMAT = 0b111011111000100;

	private final int version;

	private final int size;

	private final boolean[][] dark;

	/** Modules of patterns, which hold no data and are not masked. */
	private final boolean[][] fixed;

	private QrCode(byte[] content, int version) {
		this.version = version;
		this.size = 17 + 4 * version;
		this.dark = new boolean[this.size][this.size];
		this.fixed = new boolean[this.size][this.size];
		drawPatterns();
		drawBits(QrCodewords.encode(content, dataBytes(version), CORRECTION[version - 1], blocks(version)));
	}

	/**
	 * Encodes bytes in the smallest version.
	 * @param content at most {@link #MAX_BYTES} bytes
	 * @return the code
	 */
	static QrCode of(byte[] content) {
		for (int version = 1; version <= CORRECTION.length; version++) {
			if (content.length + HEADER_BYTES <= dataBytes(version)) {
				return new QrCode(content, version);
			}
		}
		throw new IllegalArgumentException("%d bytes are more than %d".formatted(content.length, MAX_BYTES));
	}

	/**
	 * Draws the code with its quiet zone of four modules.
	 * @param label text for people who do not see the code; no markup
	 * @return an SVG element
	 */
	String svg(String label) {
		StringBuilder path = new StringBuilder();
		for (int y = 0; y < this.size; y++) {
			for (int x = 0; x < this.size; x++) {
				if (this.dark[y][x]) {
					path.append('M').append(x + 4).append(',').append(y + 4).append("h1v1h-1z");
				}
			}
		}
		int whole = this.size + 8;
		return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%s\" viewBox=\"0 0 %d %d\" width=\"232\">"
			.formatted(label, whole, whole)
				+ "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/><path d=\"%s\" fill=\"#000\"/></svg>"
					.formatted(path);
	}

	int size() {
		return this.size;
	}

	boolean isDark(int x, int y) {
		return this.dark[y][x];
	}

	private static int blocks(int version) {
		return (version < FIRST_VERSION_WITH_TWO_BLOCKS) ? 1 : 2;
	}

	private static int dataBytes(int version) {
		int modules = (16 * version + 128) * version + 64;
		if (version > 1) {
			int positions = version / 7 + 2;
			modules -= (25 * positions - 10) * positions - 55;
			modules -= (version >= FIRST_VERSION_WITH_INFORMATION) ? 36 : 0;
		}
		return modules / 8 - CORRECTION[version - 1] * blocks(version);
	}

	private void drawPatterns() {
		for (int index = 0; index < this.size; index++) {
			set(6, index, index % 2 == 0);
			set(index, 6, index % 2 == 0);
		}
		drawFinder(3, 3);
		drawFinder(this.size - 4, 3);
		drawFinder(3, this.size - 4);
		int[] positions = alignments();
		for (int x : positions) {
			for (int y : positions) {
				boolean corner = (x == 6 && y == 6) || (x == 6 && y == this.size - 7) || (x == this.size - 7 && y == 6);
				if (!corner) {
					drawAlignment(x, y);
				}
			}
		}
		drawFormat();
		drawVersion();
	}

	private int[] alignments() {
		if (this.version == 1) {
			return new int[0];
		}
		int last = this.size - 7;
		return (this.version < 7) ? new int[] { 6, last } : new int[] { 6, (last + 6) / 2, last };
	}

	private void drawFinder(int centreX, int centreY) {
		for (int dy = -4; dy <= 4; dy++) {
			for (int dx = -4; dx <= 4; dx++) {
				int distance = Math.max(Math.abs(dx), Math.abs(dy));
				int x = centreX + dx;
				int y = centreY + dy;
				if (x >= 0 && x < this.size && y >= 0 && y < this.size) {
					set(x, y, distance != 2 && distance != 4);
				}
			}
		}
	}

	private void drawAlignment(int centreX, int centreY) {
		for (int dy = -2; dy <= 2; dy++) {
			for (int dx = -2; dx <= 2; dx++) {
				set(centreX + dx, centreY + dy, Math.max(Math.abs(dx), Math.abs(dy)) != 1);
			}
		}
	}

	private void drawFormat() {
		for (int index = 0; index < 15; index++) {
			boolean bit = (FORMAT >> index & 1) == 1;
			int near = (index < 6) ? index : (index < 8) ? index + 1 : 0;
			if (index < 8) {
				set(8, near, bit);
				set(this.size - 1 - index, 8, bit);
			}
			else {
				set((index == 8) ? 7 : 14 - index, 8, bit);
				set(8, this.size - 15 + index, bit);
			}
		}
		set(8, this.size - 8, true);
	}

	private void drawVersion() {
		if (this.version < FIRST_VERSION_WITH_INFORMATION) {
			return;
		}
		int check = this.version;
		for (int index = 0; index < 12; index++) {
			check = (check << 1) ^ ((check >>> 11) * 0x1F25);
		}
		int bits = this.version << 12 | check;
		for (int index = 0; index < 18; index++) {
			boolean bit = (bits >> index & 1) == 1;
			set(this.size - 11 + index % 3, index / 3, bit);
			set(index / 3, this.size - 11 + index % 3, bit);
		}
	}

	/** Two columns at a time from right to left, up and down in turn, with mask 0. */
	private void drawBits(byte[] codewords) {
		int next = 0;
		for (int right = this.size - 1; right >= 1; right -= 2) {
			int column = (right <= 6) ? right - 1 : right;
			boolean upward = ((right <= 6 ? right - 1 : right) + 1 & 2) == 0;
			for (int step = 0; step < this.size; step++) {
				int y = upward ? this.size - 1 - step : step;
				for (int x = column; x > column - 2; x--) {
					if (!this.fixed[y][x]) {
						boolean bit = next < codewords.length * 8
								&& (codewords[next >> 3] >> (7 - (next & 7)) & 1) == 1;
						next++;
						this.dark[y][x] = bit ^ ((x + y) % 2 == 0);
					}
				}
			}
		}
	}

	private void set(int x, int y, boolean isDark) {
		this.dark[y][x] = isDark;
		this.fixed[y][x] = true;
	}

	@Override
	public String toString() {
		return "QrCode[version %d, %d modules]".formatted(this.version, Arrays.stream(this.dark).count());
	}

}
