package io.waypost.access.saml;

import java.security.cert.CertificateEncodingException;

import com.onelogin.saml2.settings.Metadata;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.PublicEndpoint;
import jakarta.servlet.http.HttpSession;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/** Metadata of Waypost as a service provider, and the start of a sign-in. */
@Controller
@PublicEndpoint("begins a sign-in; the answer is verified by its signature")
class SamlController {

	/** Attribute of the HTTP session with the id of the latest sign-in request. */
	static final String REQUEST = SamlController.class.getName() + ".request";

	private static final String METADATA_TYPE = "application/samlmetadata+xml";

	private final SamlProviders providers;

	SamlController(SamlProviders providers) {
		this.providers = providers;
	}

	@GetMapping(path = SamlProvider.METADATA + "{name}", produces = METADATA_TYPE)
	@ResponseBody
	ResponseEntity<String> metadata(@PathVariable String name) throws CertificateEncodingException {
		return ResponseEntity.ok(new Metadata(provider(name).library()).getMetadataString());
	}

	@GetMapping(SamlProvider.START + "{name}")
	String start(@PathVariable String name, HttpSession session) {
		SamlRedirect redirect = SamlRedirect.signIn(provider(name));
		session.setAttribute(REQUEST, redirect.id());
		return "redirect:" + redirect.url();
	}

	/**
	 * The provider sends the browser here after the sign-out. The answer changes nothing.
	 */
	@GetMapping(SamlProvider.SIGNED_OUT + "{name}")
	String signedOut(@PathVariable String name) {
		return "redirect:/login?signedout";
	}

	private SamlProvider provider(String name) {
		return this.providers.find(name)
			.orElseThrow(() -> InvalidRequestException
				.notFound("waypost.sign-in.saml has no entry '%s'; open /login for a list".formatted(name)));
	}

}
