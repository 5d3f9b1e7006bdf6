package io.waypost.access.saml;

import java.util.List;
import java.util.Set;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Checks where assertions and signatures are in a response, so that the element that is
 * signed is the one that is read, and which algorithms they use. Signature wrapping moves
 * the signed element elsewhere.
 */
final class SamlStructure {

	private static final Set<String> SIGNATURES = Set.of("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
			"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512");

	private static final Set<String> DIGESTS = Set.of(SamlXml.ENCRYPTION + "sha256", SamlXml.ENCRYPTION + "sha512",
			"http://www.w3.org/2001/04/xmldsig-more#sha384");

	private static final Set<String> CANONICAL = Set.of("http://www.w3.org/2001/10/xml-exc-c14n#");

	private static final Set<String> TRANSFORMS = Set.of("http://www.w3.org/2001/10/xml-exc-c14n#",
			SamlXml.SIGNATURE + "enveloped-signature");

	/** RSA with PKCS#1 1.5 padding lets an attacker decrypt by trial and error. */
	private static final Set<String> ENCRYPTIONS = Set.of(SamlXml.ENCRYPTION + "aes128-cbc",
			SamlXml.ENCRYPTION + "aes256-cbc", "http://www.w3.org/2009/xmlenc11#aes128-gcm",
			"http://www.w3.org/2009/xmlenc11#aes256-gcm", SamlXml.ENCRYPTION + "rsa-oaep-mgf1p",
			"http://www.w3.org/2009/xmlenc11#rsa-oaep");

	private SamlStructure() {
	}

	/**
	 * Checks a response as it was received: the algorithms, and that it contains one
	 * assertion, encrypted or not.
	 * @throws SamlRefusedException if it does not
	 */
	static void requireAcceptable(Document document) {
		Element response = document.getDocumentElement();
		if (!SamlXml.PROTOCOL.equals(response.getNamespaceURI()) || !"Response".equals(response.getLocalName())) {
			throw new SamlRefusedException("The message is not a Response");
		}
		int direct = SamlXml.children(response, SamlXml.ASSERTION, "Assertion").size()
				+ SamlXml.children(response, SamlXml.ASSERTION, "EncryptedAssertion").size();
		int anywhere = SamlXml.all(document, "*", "Assertion").size()
				+ SamlXml.all(document, "*", "EncryptedAssertion").size();
		if (direct != 1 || anywhere != 1 || SamlXml.all(document, "*", "Response").size() != 1) {
			throw new SamlRefusedException("The Response has %d assertions, %d with those elsewhere, instead of one"
				.formatted(direct, anywhere));
		}
		requireAlgorithms(document);
		requireLocalReferences(document);
	}

	/** A URL of another host or a file would be read before the signature is verified. */
	private static void requireLocalReferences(Document document) {
		for (String namespace : List.of(SamlXml.SIGNATURE, SamlXml.ENCRYPTION)) {
			for (Element element : SamlXml.all(document, namespace, "*")) {
				boolean local = element.getAttribute("URI").startsWith("#") || !element.hasAttribute("URI");
				if (!local || "CipherReference".equals(element.getLocalName())) {
					throw new SamlRefusedException("%s refers to '%s' outside of the message"
						.formatted(element.getLocalName(), element.getAttribute("URI")));
				}
			}
		}
	}

	/**
	 * Returns the assertion of a response, decrypted.
	 * @throws SamlRefusedException unless the signature covers exactly this assertion
	 */
	static Element signedAssertion(Document document) {
		requireAcceptable(document);
		Element assertion = SamlXml.only(document.getDocumentElement(), SamlXml.ASSERTION, "Assertion");
		Element signature = SamlXml.only(assertion, SamlXml.SIGNATURE, "Signature");
		Element signedInfo = SamlXml.only(signature, SamlXml.SIGNATURE, "SignedInfo");
		Element reference = SamlXml.only(signedInfo, SamlXml.SIGNATURE, "Reference");
		String id = assertion.getAttribute("ID");
		if (id.isEmpty() || !reference.getAttribute("URI").equals("#" + id)) {
			throw new SamlRefusedException(
					"The signature covers '%s', the assertion is '%s'".formatted(reference.getAttribute("URI"), id));
		}
		for (Element any : SamlXml.all(document, SamlXml.SIGNATURE, "Signature")) {
			if (any.getParentNode() != assertion && any.getParentNode() != document.getDocumentElement()) {
				throw new SamlRefusedException("The signature of another element is in the Response");
			}
		}
		if (!SamlXml.all(document, SamlXml.SIGNATURE, "Object").isEmpty()) {
			throw new SamlRefusedException("The signature contains an Object");
		}
		return assertion;
	}

	private static void requireAlgorithms(Document document) {
		requireAlgorithms(document, SamlXml.SIGNATURE, "SignatureMethod", SIGNATURES);
		requireAlgorithms(document, SamlXml.SIGNATURE, "CanonicalizationMethod", CANONICAL);
		requireAlgorithms(document, SamlXml.SIGNATURE, "Transform", TRANSFORMS);
		requireAlgorithms(document, SamlXml.ENCRYPTION, "EncryptionMethod", ENCRYPTIONS);
		List<Element> digests = SamlXml.all(document, SamlXml.SIGNATURE, "DigestMethod");
		for (Element digest : digests) {
			// The digest within RSA-OAEP may be SHA-1; it does not sign anything
			if (!"EncryptionMethod".equals(digest.getParentNode().getLocalName())) {
				requireAlgorithm(digest, DIGESTS);
			}
		}
	}

	private static void requireAlgorithms(Document document, String namespace, String name, Set<String> allowed) {
		SamlXml.all(document, namespace, name).forEach((element) -> requireAlgorithm(element, allowed));
	}

	private static void requireAlgorithm(Element element, Set<String> allowed) {
		String algorithm = element.getAttribute("Algorithm");
		if (!allowed.contains(algorithm)) {
			throw new SamlRefusedException("%s uses '%s'; configure the provider to use one of %s"
				.formatted(element.getLocalName(), algorithm, allowed.stream().sorted().toList()));
		}
	}

}
