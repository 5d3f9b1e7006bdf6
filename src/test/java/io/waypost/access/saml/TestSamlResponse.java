package io.waypost.access.saml;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import io.waypost.testing.TestSamlProvider;
import org.apache.xml.security.Init;
import org.apache.xml.security.encryption.EncryptedData;
import org.apache.xml.security.encryption.EncryptedKey;
import org.apache.xml.security.encryption.XMLCipher;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * A response as an identity provider makes it. Signed with the JDK, so not with the
 * library that verifies it. Each field can be changed before it is signed.
 */
final class TestSamlResponse {

	static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

	static final String OAEP = XMLCipher.RSA_OAEP;

	String provider = TestSamlProvider.CORPORATE;

	String id = "_" + UUID.randomUUID();

	String assertionId = "_" + UUID.randomUUID();

	String issuer;

	String subject = "anna@hearth.example";

	String format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

	String login = "anna";

	String destination;

	String recipient;

	String audience;

	@Nullable String inResponseTo = "_request-1";

	@Nullable String confirmedInResponseTo = "_request-1";

	Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

	Instant notBefore = this.now.minusSeconds(5);

	Instant notOnOrAfter = this.now.plus(Duration.ofMinutes(5));

	Instant confirmedUntil = this.now.plus(Duration.ofMinutes(5));

	String status = "urn:oasis:names:tc:SAML:2.0:status:Success";

	String furtherCondition = "";

	List<String> groups = List.of("corporate-admins");

	String signatureMethod = RSA_SHA256;

	String digestMethod = DigestMethod.SHA256;

	KeyPair keys = TestSamlProvider.IDP_KEYS;

	X509Certificate certificate = TestSamlProvider.IDP_CERTIFICATE;

	private final String publicUrl;

	TestSamlResponse(String publicUrl, String provider) {
		this.publicUrl = publicUrl;
		this.provider = provider;
		this.issuer = TestSamlProvider.entityId(provider);
		this.destination = publicUrl + SamlProvider.ACS + provider;
		this.recipient = this.destination;
		this.audience = publicUrl + SamlProvider.METADATA + provider;
	}

	/** Answers a request, or none if null. */
	TestSamlResponse answering(@Nullable String request) {
		this.inResponseTo = request;
		this.confirmedInResponseTo = request;
		return this;
	}

	String publicUrl() {
		return this.publicUrl;
	}

	/** Returns the response without a signature. */
	Document unsigned() {
		return parse("""
				<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
				xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="%s" Version="2.0" IssueInstant="%s" \
				Destination="%s"%s><saml:Issuer>%s</saml:Issuer>\
				<samlp:Status><samlp:StatusCode Value="%s"/></samlp:Status>%s</samlp:Response>\
				""".formatted(this.id, this.now, this.destination, attribute("InResponseTo", this.inResponseTo),
				this.issuer, this.status, assertion()));
	}

	private String assertion() {
		return """
				<saml:Assertion ID="%s" Version="2.0" IssueInstant="%s"><saml:Issuer>%s</saml:Issuer>\
				<saml:Subject><saml:NameID Format="%s">%s</saml:NameID>\
				<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
				<saml:SubjectConfirmationData NotOnOrAfter="%s" Recipient="%s"%s/></saml:SubjectConfirmation></saml:Subject>\
				<saml:Conditions NotBefore="%s" NotOnOrAfter="%s">%s%s</saml:Conditions>\
				<saml:AuthnStatement AuthnInstant="%s" SessionIndex="session-1"><saml:AuthnContext>\
				<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>\
				</saml:AuthnContext></saml:AuthnStatement>\
				<saml:AttributeStatement><saml:Attribute Name="login"><saml:AttributeValue>%s</saml:AttributeValue>\
				</saml:Attribute><saml:Attribute Name="groups">%s</saml:Attribute></saml:AttributeStatement>\
				</saml:Assertion>"""
			.formatted(this.assertionId, this.now, this.issuer, this.format, this.subject, this.confirmedUntil,
					this.recipient, attribute("InResponseTo", this.confirmedInResponseTo), this.notBefore,
					this.notOnOrAfter, restriction(), this.furtherCondition, this.now, this.login,
					this.groups.stream()
						.map((group) -> "<saml:AttributeValue>" + group + "</saml:AttributeValue>")
						.collect(Collectors.joining()));
	}

	private String restriction() {
		return this.audience.isEmpty() ? ""
				: "<saml:AudienceRestriction><saml:Audience>%s</saml:Audience></saml:AudienceRestriction>"
					.formatted(this.audience);
	}

	private static String attribute(String name, @Nullable String value) {
		return (value != null) ? " %s=\"%s\"".formatted(name, value) : "";
	}

	/** Returns the response with a signed assertion. */
	Document signed() {
		Document document = unsigned();
		sign(assertion(document));
		return document;
	}

	/**
	 * Returns the response with a signature of the response, but none of the assertion.
	 */
	Document signedAsMessage() {
		Document document = unsigned();
		sign(document.getDocumentElement());
		return document;
	}

	/** Returns the response with an encrypted, signed assertion. */
	Document encrypted(String keyAlgorithm) {
		return encrypt(signed(), keyAlgorithm);
	}

	Document encrypt(Document document, String keyAlgorithm) {
		try {
			Init.init();
			Element assertion = assertion(document);
			Element wrapper = document.createElementNS(SamlXml.ASSERTION, "saml:EncryptedAssertion");
			assertion.getParentNode().replaceChild(wrapper, assertion);
			wrapper.appendChild(assertion);
			KeyGenerator generator = KeyGenerator.getInstance("AES");
			generator.init(256, new SecureRandom());
			SecretKey key = generator.generateKey();
			XMLCipher keyCipher = XMLCipher.getInstance(keyAlgorithm);
			keyCipher.init(XMLCipher.WRAP_MODE, TestSamlProvider.OWN_CERTIFICATE.getPublicKey());
			EncryptedKey encryptedKey = keyCipher.encryptKey(document, key);
			XMLCipher cipher = XMLCipher.getInstance(XMLCipher.AES_256_GCM);
			cipher.init(XMLCipher.ENCRYPT_MODE, key);
			EncryptedData data = cipher.getEncryptedData();
			var info = new org.apache.xml.security.keys.KeyInfo(document);
			info.add(encryptedKey);
			data.setKeyInfo(info);
			cipher.doFinal(document, assertion, false);
			return document;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Signs an element and puts the signature behind its issuer. */
	void sign(Element element) {
		try {
			XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
			Reference reference = factory.newReference("#" + element.getAttribute("ID"),
					factory.newDigestMethod(this.digestMethod, null),
					List.of(factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
							factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
					null, null);
			SignedInfo info = factory.newSignedInfo(
					factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
					factory.newSignatureMethod(this.signatureMethod, null), List.of(reference));
			KeyInfoFactory infos = factory.getKeyInfoFactory();
			KeyInfo keyInfo = infos.newKeyInfo(List.of(infos.newX509Data(List.of(this.certificate))));
			element.setIdAttribute("ID", true);
			DOMSignContext context = new DOMSignContext(this.keys.getPrivate(), element,
					element.getFirstChild().getNextSibling());
			context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
			context.setDefaultNamespacePrefix("ds");
			factory.newXMLSignature(info, keyInfo).sign(context);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Element assertion(Document document) {
		return SamlXml.all(document, SamlXml.ASSERTION, "Assertion").getFirst();
	}

	static Document parse(String xml) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
			return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String write(Document document) {
		try {
			Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
			transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
			StringWriter text = new StringWriter();
			transformer.transform(new DOMSource(document), new StreamResult(text));
			return text.toString();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String encode(Document document) {
		return encode(write(document));
	}

	static String encode(String xml) {
		return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
	}

}
