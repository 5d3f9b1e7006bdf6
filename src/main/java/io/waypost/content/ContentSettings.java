package io.waypost.content;

import java.time.Duration;
import java.util.List;

import io.waypost.kernel.EmailAddress;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What user-written templates may use up, and where they may be tried.
 *
 * @param maxTemplateSize size of one text
 * @param maxRenderedSize size of one rendered text
 * @param maxIterations rounds of all loops of one text together
 * @param maxRenderTime time for one text on the clock, so also while a busy machine does
 * something else; what it costs is bounded by the iterations
 * @param parsedTemplates how many parsed texts are kept
 * @param testAddresses where editors may send tests besides people who agreed to the
 * topic: addresses of your own
 */
@ConfigurationProperties("waypost.content")
public record ContentSettings(@DefaultValue("16KB") DataSize maxTemplateSize,
		@DefaultValue("32KB") DataSize maxRenderedSize, @DefaultValue("1000") int maxIterations,
		@DefaultValue("1s") Duration maxRenderTime, @DefaultValue("500") int parsedTemplates,
		@DefaultValue List<String> testAddresses) {

	public ContentSettings {
		testAddresses.stream().filter((address) -> EmailAddress.parse(address).isEmpty()).findAny().ifPresent((odd) -> {
			throw new IllegalArgumentException(
					"waypost.content.test-addresses: '%s' is no e-mail address".formatted(odd));
		});
		testAddresses = List.copyOf(testAddresses);
	}

}
