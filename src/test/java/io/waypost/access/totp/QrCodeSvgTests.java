package io.waypost.access.totp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nayuki.qrcodegen.QrCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QrCodeSvgTests {

	private static final String URI = "otpauth://totp/Waypost:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Waypost";

	private final String svg = QrCodeSvg.of(URI, "QR code");

	@Test
	void hasTextAlternativeAndQuietZone() {
		int size = QrCode.encodeText(URI, QrCode.Ecc.MEDIUM).size;
		assertThat(this.svg).startsWith("<svg ")
			.contains("aria-label=\"QR code\"", "viewBox=\"0 0 %1$d %1$d\"".formatted(size + 8), "height=\"100%\"");
	}

	@Test
	void drawsEachDarkModuleOnce() {
		QrCode code = QrCode.encodeText(URI, QrCode.Ecc.MEDIUM);
		Matcher modules = Pattern.compile("M(\\d+),(\\d+)h1v1h-1z").matcher(this.svg);
		int drawn = 0;
		while (modules.find()) {
			drawn++;
			int x = Integer.parseInt(modules.group(1)) - 4;
			int y = Integer.parseInt(modules.group(2)) - 4;
			assertThat(code.getModule(x, y)).as("%d,%d", x, y).isTrue();
		}
		int dark = 0;
		for (int y = 0; y < code.size; y++) {
			for (int x = 0; x < code.size; x++) {
				dark += code.getModule(x, y) ? 1 : 0;
			}
		}
		assertThat(drawn).isEqualTo(dark);
	}

}
