package io.waypost.access.saml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;

import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;

import com.onelogin.saml2.authn.SamlResponse;
import com.onelogin.saml2.exception.SettingsException;
import com.onelogin.saml2.exception.ValidationError;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Validates the response of an identity provider. The library verifies signatures,
 * decrypts and checks the schema; what it accepts is read again, and only the signed
 * assertion is used.
 */
final class SamlResponseValidator {

	/** Several hundred groups need less than a tenth. */
	private static final int MAX_CHARACTERS = 512 * 1024;

	private final Clock clock;

	SamlResponseValidator(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Validates a response. Replays are checked by {@link SamlAssertions}, and whether
	 * this browser sent the request by {@link SamlSignInFilter}.
	 * @param provider the provider that should have sent it
	 * @param encoded the parameter SAMLResponse
	 * @return the assertion
	 * @throws SamlRefusedException names the check that failed
	 */
	SamlAssertion validate(SamlProvider provider, @Nullable String encoded) {
		String xml = decode(encoded);
		Document received = SamlXml.parse(xml);
		SamlStructure.requireAcceptable(received);
		return read(provider, verify(provider, received, xml));
	}

	/**
	 * Reads the signed assertion of a response whose signature is verified.
	 * @param provider the provider that should have sent it
	 * @param xml the response, decrypted
	 * @return the assertion
	 * @throws SamlRefusedException names the check that failed
	 */
	SamlAssertion read(SamlProvider provider, String xml) {
		Document verified = SamlXml.parse(xml);
		Element assertion = SamlStructure.signedAssertion(verified);
		return new SamlConditions(provider, this.clock).require(verified.getDocumentElement(), assertion);
	}

	private static String verify(SamlProvider provider, Document received, String xml) {
		Element root = received.getDocumentElement();
		@Nullable String inResponseTo = root.hasAttribute("InResponseTo") ? root.getAttribute("InResponseTo") : null;
		try {
			SamlResponse response = new SamlResponse(provider.library(), provider.acsUrl(),
					Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)));
			if (!response.isValid(inResponseTo)) {
				throw new SamlRefusedException(String.valueOf(response.getError()));
			}
			return response.getSAMLResponseXml();
		}
		catch (XPathExpressionException | ParserConfigurationException | SAXException | IOException | SettingsException
				| ValidationError | RuntimeException ex) {
			if (ex instanceof SamlRefusedException refused) {
				throw refused;
			}
			throw new SamlRefusedException("The Response could not be verified: " + ex.getMessage(), ex);
		}
	}

	private static String decode(@Nullable String encoded) {
		if (encoded == null || encoded.length() > MAX_CHARACTERS) {
			throw new SamlRefusedException(
					"SAMLResponse is missing or has more than %d characters".formatted(MAX_CHARACTERS));
		}
		try {
			byte[] bytes = Base64.getMimeDecoder().decode(encoded);
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (IllegalArgumentException | CharacterCodingException ex) {
			throw new SamlRefusedException("SAMLResponse is not Base64 of UTF-8", ex);
		}
	}

}
