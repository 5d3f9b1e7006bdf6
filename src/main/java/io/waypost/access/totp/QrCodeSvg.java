package io.waypost.access.totp;

import io.nayuki.qrcodegen.QrCode;

/** Draws a QR code as an SVG element. */
final class QrCodeSvg {

	/** Light modules around the code, as ISO/IEC 18004 requires. */
	private static final int QUIET_ZONE = 4;

	private QrCodeSvg() {
	}

	/**
	 * Draws a code.
	 * @param text content of the code
	 * @param label text alternative
	 * @return an SVG element
	 */
	static String of(String text, String label) {
		QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
		StringBuilder path = new StringBuilder();
		for (int y = 0; y < code.size; y++) {
			for (int x = 0; x < code.size; x++) {
				if (code.getModule(x, y)) {
					path.append("M%d,%dh1v1h-1z".formatted(x + QUIET_ZONE, y + QUIET_ZONE));
				}
			}
		}
		int width = code.size + 2 * QUIET_ZONE;
		return """
				<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="%s" viewBox="0 0 %d %d" width="232">\
				<rect width="100%%" height="100%%" fill="#fff"/><path d="%s" fill="#000"/></svg>""".formatted(label,
				width, width, path);
	}

}
