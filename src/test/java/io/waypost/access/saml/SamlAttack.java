package io.waypost.access.saml;

import java.util.function.Consumer;
import java.util.function.Function;

import io.waypost.testing.TestSamlProvider;
import org.apache.xml.security.encryption.XMLCipher;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Attacks on a service provider, from the SAML 2.0 specifications (core 2.3.3, 2.4.1,
 * 2.5.1, 5.4; bindings 3.5.5; profiles 4.1.4.2, 4.1.4.3, 4.1.4.5) and "On Breaking SAML"
 * (Somorovsky and others, 2012), which numbers signature wrapping from 1 to 8. Replays,
 * answers to another browser's request and unsolicited answers need the database or the
 * session: see SamlSignInIntegrationTests.
 */
enum SamlAttack {

	/** The assertion is for another service provider. */
	WRONG_AUDIENCE((r) -> r.audience = "https://other.example", "audience"),

	/** The library accepts it. */
	NO_AUDIENCE((r) -> r.audience = "", "audience"),

	ANOTHER_PROVIDERS_AUDIENCE((r) -> r.audience = r.audience.replace("corporate", "portal"), "audience"),

	WRONG_RECIPIENT((r) -> r.recipient = "https://other.example/acs", "Recipient|SubjectConfirmation"),

	WRONG_DESTINATION((r) -> r.destination = "https://other.example/acs", "Destination|received at"),

	WRONG_ISSUER((r) -> r.issuer = "https://evil.example", "issuer"),

	EXPIRED_CONDITIONS((r) -> r.notOnOrAfter = r.now.minusSeconds(61), "expired"),

	EXPIRED_CONFIRMATION((r) -> r.confirmedUntil = r.now.minusSeconds(61), "expired"),

	NOT_YET_VALID((r) -> r.notBefore = r.now.plusSeconds(63), "not valid before"),

	UNKNOWN_CONDITION(
			(r) -> r.furtherCondition = "<saml:Condition xmlns:x=\"urn:x\" "
					+ "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"x:Only\"/>",
			"condition|schema"),

	/** The confirmation answers another request than the unsigned response says. */
	CONFIRMATION_OF_ANOTHER_REQUEST((r) -> r.confirmedInResponseTo = "_request-2", "answers|InResponseTo"),

	/** A stolen answer to a request is sent as an unsolicited one. */
	REQUEST_ID_REMOVED((r) -> r.inResponseTo = null, "answers|InResponseTo"),

	FAILED_STATUS((r) -> r.status = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed", "status"),

	TRANSIENT_NAME((r) -> r.format = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient", "transient"),

	EMPTY_NAME((r) -> r.subject = " ", "NameID"),

	SHA1_SIGNATURE((r) -> r.signatureMethod = SamlXml.SIGNATURE + "rsa-sha1", "SignatureMethod"),

	SHA1_DIGEST((r) -> r.digestMethod = SamlXml.SIGNATURE + "sha1", "DigestMethod"),

	/** Another identity provider signs with its own key. */
	ANOTHER_CERTIFICATE((r) -> {
		r.keys = TestSamlProvider.newKeys();
		r.certificate = TestSamlProvider.certificate(r.keys);
	}, "Signature"),

	/** Signed with another key, but shows the trusted certificate. */
	TRUSTED_CERTIFICATE_WITH_ANOTHER_KEY((r) -> r.keys = TestSamlProvider.newKeys(), "Signature"),

	UNSIGNED("signed|Signature", TestSamlResponse::unsigned),

	/** The message is signed, the assertion is not. */
	SIGNED_MESSAGE_ONLY("not signed|Signature", TestSamlResponse::signedAsMessage),

	SIGNATURE_STRIPPED("signed|Signature", (r) -> {
		Document document = r.signed();
		signature(document).getParentNode().removeChild(signature(document));
		return document;
	}),

	CHANGED_AFTER_SIGNING("Signature", (r) -> evil(r.signed())),

	EMPTY_REFERENCE("outside of the message", (r) -> {
		Document document = r.signed();
		SamlXml.all(document, SamlXml.SIGNATURE, "Reference").getFirst().setAttribute("URI", "");
		return document;
	}),

	/** The server would fetch a URL, or read a file, before it verifies the signature. */
	EXTERNAL_REFERENCE("outside of the message", (r) -> {
		Document document = r.signed();
		SamlXml.all(document, SamlXml.SIGNATURE, "Reference").getFirst().setAttribute("URI", "http://127.0.0.1:1/");
		return document;
	}),

	EXTERNAL_KEY("outside of the message", (r) -> {
		Document document = r.signed();
		Element method = document.createElementNS(SamlXml.SIGNATURE, "ds:RetrievalMethod");
		method.setAttribute("URI", "file:///etc/hostname");
		SamlXml.all(document, SamlXml.SIGNATURE, "KeyInfo").getFirst().appendChild(method);
		return document;
	}),

	EXTERNAL_CIPHER_TEXT("outside of the message", (r) -> {
		Document document = r.encrypted(TestSamlResponse.OAEP);
		Element value = SamlXml.all(document, SamlXml.ENCRYPTION, "CipherValue").getFirst();
		Element reference = document.createElementNS(SamlXml.ENCRYPTION, "xenc:CipherReference");
		reference.setAttribute("URI", "http://127.0.0.1:1/");
		value.getParentNode().replaceChild(reference, value);
		return document;
	}),

	/** The public key as the secret of a MAC. */
	MAC_AS_SIGNATURE("SignatureMethod", (r) -> {
		Document document = r.signed();
		SamlXml.all(document, SamlXml.SIGNATURE, "SignatureMethod")
			.getFirst()
			.setAttribute("Algorithm", SamlXml.SIGNATURE + "hmac-sha1");
		return document;
	}),

	XSLT_TRANSFORM("Transform", (r) -> {
		Document document = r.signed();
		SamlXml.all(document, SamlXml.SIGNATURE, "Transform")
			.getFirst()
			.setAttribute("Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116");
		return document;
	}),

	/** The signed response is moved into the signature of a forged one. */
	WRAPPING_1("assertions", (r) -> wrapResponse(r, true)),

	/** The signed response is moved behind the issuer of a forged one. */
	WRAPPING_2("assertions", (r) -> wrapResponse(r, false)),

	/** A forged assertion comes before the signed one. */
	WRAPPING_3("assertions", (r) -> {
		Document document = r.signed();
		Element original = TestSamlResponse.assertion(document);
		original.getParentNode().insertBefore(forged(original), original);
		return document;
	}),

	/** A forged assertion contains the signed one. */
	WRAPPING_4("assertions", (r) -> {
		Document document = r.signed();
		Element original = TestSamlResponse.assertion(document);
		Element forged = forged(original);
		original.getParentNode().replaceChild(forged, original);
		forged.appendChild(original);
		return document;
	}),

	/** The signature is in a forged assertion; the original is at the end. */
	WRAPPING_5("assertions", (r) -> moveOriginal(r, (document) -> document.getDocumentElement())),

	/** The signature in the forged assertion contains the original. */
	WRAPPING_6("assertions", (r) -> moveOriginal(r, SamlAttack::signature)),

	/** An extension contains the forged assertion. */
	WRAPPING_7("assertions", (r) -> {
		Document document = r.signed();
		Element original = TestSamlResponse.assertion(document);
		Element extensions = document.createElementNS(SamlXml.PROTOCOL, "samlp:Extensions");
		extensions.appendChild(forged(original));
		document.getDocumentElement().insertBefore(extensions, original);
		return document;
	}),

	/** An object of the signature in the forged assertion contains the original. */
	WRAPPING_8("assertions", (r) -> moveOriginal(r, (document) -> {
		Element object = document.createElementNS(SamlXml.SIGNATURE, "ds:Object");
		signature(document).appendChild(object);
		return object;
	})),

	/** The original is hidden in another namespace. */
	WRAPPING_IN_ANOTHER_NAMESPACE("assertions", (r) -> moveOriginal(r, (document) -> {
		Element hidden = document.createElementNS("urn:x", "x:Assertion");
		document.getDocumentElement().appendChild(hidden);
		return hidden;
	})),

	/** Two elements with the id that the signature names. */
	DUPLICATE_ID("occurs twice", (r) -> {
		Document document = r.signed();
		document.getDocumentElement().setAttribute("ID", r.assertionId);
		return document;
	}),

	/** The signature ignores comments; a reader that stops at one reads another name. */
	COMMENT_IN_NAME("comment", (r) -> {
		r.subject = "admin@hearth.example.evil.example";
		Document document = r.signed();
		Node name = SamlXml.all(document, SamlXml.ASSERTION, "NameID").getFirst();
		name.setTextContent("admin@hearth.example");
		name.appendChild(document.createComment("x"));
		name.appendChild(document.createTextNode(".evil.example"));
		return document;
	}),

	INSTRUCTION_IN_NAME("comment", (r) -> {
		Document document = r.signed();
		SamlXml.all(document, SamlXml.ASSERTION, "NameID")
			.getFirst()
			.appendChild(document.createProcessingInstruction("x", "y"));
		return document;
	}),

	NOT_ENCRYPTED_WITH_OAEP("EncryptionMethod", (r) -> r.encrypted(XMLCipher.RSA_v1dot5)),

	ENCRYPTED_BUT_UNSIGNED("signed|Signature", (r) -> r.encrypt(r.unsigned(), TestSamlResponse.OAEP)),

	/** The library ignores the times of encrypted assertions. */
	ENCRYPTED_AND_EXPIRED("expired", (r) -> {
		r.notOnOrAfter = r.now.minusSeconds(3600);
		return r.encrypted(TestSamlResponse.OAEP);
	}),

	ENCRYPTED_WITH_COMMENT("comment", (r) -> {
		r.subject = "admin@hearth.example.evil.example";
		Document document = r.signed();
		Node name = SamlXml.all(document, SamlXml.ASSERTION, "NameID").getFirst();
		name.setTextContent("admin@hearth.example");
		name.appendChild(document.createComment("x"));
		name.appendChild(document.createTextNode(".evil.example"));
		return r.encrypt(document, TestSamlResponse.OAEP);
	}),

	EXTERNAL_ENTITY("DTD", "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"),

	EXTERNAL_DTD("DTD", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\">"),

	ENTITY_EXPANSION("DTD", "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\">]>");

	private final String reason;

	private final Function<TestSamlResponse, String> message;

	SamlAttack(Consumer<TestSamlResponse> change, String reason) {
		this(reason, (response) -> {
			change.accept(response);
			return response.signed();
		});
	}

	SamlAttack(String reason, Function<TestSamlResponse, Document> document) {
		this.reason = reason;
		this.message = (response) -> TestSamlResponse.encode(document.apply(response));
	}

	SamlAttack(String reason, String prefix) {
		this.reason = reason;
		this.message = (response) -> TestSamlResponse.encode(prefix + TestSamlResponse.write(response.signed()));
	}

	/** Matches the reason of the refusal. */
	String reason() {
		return "(?s).*(?i:" + this.reason + ").*";
	}

	String message(TestSamlResponse response) {
		return this.message.apply(response);
	}

	private static Element signature(Document document) {
		return SamlXml.all(document, SamlXml.SIGNATURE, "Signature").getFirst();
	}

	private static Document evil(Document document) {
		SamlXml.all(document, SamlXml.ASSERTION, "NameID").getFirst().setTextContent("admin@hearth.example");
		return document;
	}

	/** Copies an assertion without signature and makes it another user's. */
	private static Element forged(Element original) {
		Element forged = (Element) original.cloneNode(true);
		forged.setAttribute("ID", "_forged");
		forged.removeChild(SamlXml.children(forged, SamlXml.SIGNATURE, "Signature").getFirst());
		Element subject = SamlXml.children(forged, SamlXml.ASSERTION, "Subject").getFirst();
		SamlXml.children(subject, SamlXml.ASSERTION, "NameID").getFirst().setTextContent("admin@hearth.example");
		return forged;
	}

	/** The forged assertion keeps the signature; the original moves elsewhere. */
	private static Document moveOriginal(TestSamlResponse response, Function<Document, Element> place) {
		Document document = response.signed();
		Element assertion = TestSamlResponse.assertion(document);
		Element original = (Element) assertion.cloneNode(true);
		original.removeChild(SamlXml.children(original, SamlXml.SIGNATURE, "Signature").getFirst());
		assertion.setAttribute("ID", "_forged");
		evil(document);
		place.apply(document).appendChild(original);
		return document;
	}

	private static Document wrapResponse(TestSamlResponse response, boolean inSignature) {
		Document document = response.signedAsMessage();
		Element root = document.getDocumentElement();
		Element original = (Element) root.cloneNode(true);
		original.removeChild(SamlXml.children(original, SamlXml.SIGNATURE, "Signature").getFirst());
		root.setAttribute("ID", "_forged");
		TestSamlResponse.assertion(document).setAttribute("ID", "_forged-assertion");
		evil(document);
		if (inSignature) {
			signature(document).appendChild(original);
		}
		else {
			root.insertBefore(original, signature(document));
		}
		return document;
	}

}
