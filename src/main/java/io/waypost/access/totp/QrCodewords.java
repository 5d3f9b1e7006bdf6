package io.waypost.access.totp;

import java.util.Arrays;

/** Data and error correction of a QR code: Reed-Solomon over GF(256). */
final class QrCodewords {

	private static final int BYTE_MODE = 0b0100;

	private static final int FIELD = 0x11D;

	private QrCodewords() {
	}

	/**
	 * Encodes content in byte mode.
	 * @param content bytes
	 * @param dataBytes data bytes of the code, in all blocks
	 * @param correctionBytes error correction bytes of each block
	 * @param blocks number of blocks of equal length
	 * @return the codewords in the order in which they are drawn
	 */
	static byte[] encode(byte[] content, int dataBytes, int correctionBytes, int blocks) {
		byte[] data = data(content, dataBytes);
		int length = dataBytes / blocks;
		byte[] all = new byte[dataBytes + correctionBytes * blocks];
		byte[] generator = generator(correctionBytes);
		for (int block = 0; block < blocks; block++) {
			byte[] part = Arrays.copyOfRange(data, block * length, (block + 1) * length);
			byte[] correction = remainder(part, generator);
			for (int index = 0; index < length; index++) {
				all[index * blocks + block] = part[index];
			}
			for (int index = 0; index < correctionBytes; index++) {
				all[dataBytes + index * blocks + block] = correction[index];
			}
		}
		return all;
	}

	/** Mode and length take 12 bits, so that the content is shifted by half a byte. */
	private static byte[] data(byte[] content, int dataBytes) {
		byte[] data = new byte[dataBytes];
		data[0] = (byte) (BYTE_MODE << 4 | content.length >> 4);
		data[1] = (byte) (content.length << 4);
		for (int index = 0; index < content.length; index++) {
			data[index + 1] |= (byte) ((content[index] & 0xff) >> 4);
			data[index + 2] = (byte) (content[index] << 4);
		}
		for (int index = content.length + 2; index < dataBytes; index++) {
			data[index] = (byte) (((index - content.length) % 2 == 0) ? 0xEC : 0x11);
		}
		return data;
	}

	private static byte[] generator(int degree) {
		byte[] result = new byte[degree];
		result[degree - 1] = 1;
		int root = 1;
		for (int factor = 0; factor < degree; factor++) {
			for (int index = 0; index < degree; index++) {
				result[index] = (byte) multiply(result[index] & 0xff, root);
				if (index + 1 < degree) {
					result[index] ^= result[index + 1];
				}
			}
			root = multiply(root, 2);
		}
		return result;
	}

	private static byte[] remainder(byte[] data, byte[] generator) {
		byte[] result = new byte[generator.length];
		for (byte value : data) {
			int factor = (value ^ result[0]) & 0xff;
			System.arraycopy(result, 1, result, 0, result.length - 1);
			result[result.length - 1] = 0;
			for (int index = 0; index < result.length; index++) {
				result[index] ^= (byte) multiply(generator[index] & 0xff, factor);
			}
		}
		return result;
	}

	private static int multiply(int left, int right) {
		int product = 0;
		for (int bit = 7; bit >= 0; bit--) {
			product = (product << 1) ^ ((product >>> 7) * FIELD);
			product ^= (right >>> bit & 1) * left;
		}
		return product;
	}

}
