package io.waypost.access.totp;

import java.util.Arrays;

import io.waypost.kernel.Fingerprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The fingerprints are of codes that the decoder of ZXing 3.5.3 read without correction,
 * as it did for all lengths from 1 to 230.
 */
class QrCodeTests {

	private static final String URI = "otpauth://totp/Waypost:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Waypost";

	@ParameterizedTest
	@CsvSource({ "10,21,6ec29f7301ccb7f8", "30,25,ed3d3a21354856a4", "50,29,ed4a9a2ad6a375a9", "75,33,94f64acd4b11d083",
			"100,37,4ae89ba957db9ab8", "130,41,000c104c8903e521", "150,45,80011ca1d5377a4d", "190,49,4b8c4bc8676dbb50",
			"230,53,575e28a086f9607e" })
	void drawsTheSameCodeAsTheDecoderRead(int bytes, int size, String fingerprint) {
		QrCode code = QrCode.of(Arrays.copyOf(URI.repeat(3).getBytes(US_ASCII), bytes));
		StringBuilder modules = new StringBuilder();
		for (int y = 0; y < code.size(); y++) {
			for (int x = 0; x < code.size(); x++) {
				modules.append(code.isDark(x, y) ? '1' : '0');
			}
		}
		assertThat(code.size()).isEqualTo(size);
		assertThat(Fingerprint.ofText(modules.toString()).toString()).startsWith(fingerprint);
	}

	@Test
	void drawsAnSvg() {
		assertThat(QrCode.of(URI.getBytes(US_ASCII)).svg("QR code")).startsWith("<svg ")
			.contains("aria-label=\"QR code\"", "viewBox=\"0 0 45 45\"");
	}

	@Test
	void refusesWhatDoesNotFit() {
		assertThatIllegalArgumentException().isThrownBy(() -> QrCode.of(new byte[231])).withMessageContaining("231");
	}

}
