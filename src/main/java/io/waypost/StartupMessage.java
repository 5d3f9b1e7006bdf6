package io.waypost;

import java.util.Locale;

import io.waypost.access.tenant.Tenants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Logs the address and, for the sample workspace, a first command to try. */
@Component
class StartupMessage {

	private static final Logger log = LoggerFactory.getLogger(StartupMessage.class);

	private static final String SAMPLE_TEXT = """


			  Waypost is ready after %1$.1f s

			  Open       %2$s
			  Sign in    demo / waypost
			  API        %2$s/swagger-ui.html   (Authorization: Bearer demo-token)
			  Tasklist   %2$s/camunda/app/tasklist/

			  Send a test event and follow the message in the console:

			  curl -u demo-write-key: -H 'Content-Type: application/json' %2$s/v1/track -d '{"userId": "ada",
			    "event": "Product Added", "properties": {"cart_id": "cart-1", "product_id": "hazel-camp-lantern", "quantity": 1}}'
			""";

	private static final String FIRST_STEPS = """
			No source can send events yet. Next steps, described in docs/install.md:

			  1. Open %1$s, sign in as admin, and create a source under Settings; or run
			     java -jar waypost.jar admin create-source --tenant main --name shop
			  2. Add a brand kit and a template, and approve them: %1$s/templates and POST /api/v1/brands
			  3. Send events with the write key of the source: POST %1$s/v1/identify
			""";

	/** With more tenants, some of them has a source. */
	private static final int MOST_TENANTS = 100;

	private final Tenants tenants;

	StartupMessage(Tenants tenants) {
		this.tenants = tenants;
	}

	@EventListener
	void on(ApplicationReadyEvent event) {
		if (!(event.getApplicationContext() instanceof WebServerApplicationContext context)) {
			return;
		}
		String address = address(event.getApplicationContext().getEnvironment(), context.getWebServer().getPort());
		double seconds = event.getTimeTaken().toMillis() / 1000.0;
		if (event.getApplicationContext().getEnvironment().getProperty("waypost.sample", Boolean.class, false)) {
			log.info(SAMPLE_TEXT.formatted(seconds, address));
		}
		else {
			log.info("Waypost is ready after {} s at {}", "%.1f".formatted(seconds), address);
			if (this.tenants.list("", MOST_TENANTS).stream().allMatch((tenant) -> tenant.sources() == 0)) {
				log.info(FIRST_STEPS.formatted(address));
			}
		}
	}

	private static String address(Environment environment, int port) {
		String host = environment.getProperty("server.address", "localhost");
		String scheme = environment.getProperty("server.ssl.enabled", Boolean.class, false) ? "https" : "http";
		return "%s://%s:%d".formatted(scheme, host.toLowerCase(Locale.ROOT), port);
	}

}
