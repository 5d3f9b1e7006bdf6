package io.waypost.content;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What user-written templates may use up.
 *
 * @param maxTemplateSize size of one text
 * @param maxRenderedSize size of one rendered text
 * @param maxIterations rounds of all loops of one text together
 * @param maxRenderTime time for one text
 * @param parsedTemplates how many parsed texts are kept
 */
@ConfigurationProperties("waypost.content")
record ContentSettings(@DefaultValue("16KB") DataSize maxTemplateSize, @DefaultValue("32KB") DataSize maxRenderedSize,
		@DefaultValue("1000") int maxIterations, @DefaultValue("100ms") Duration maxRenderTime,
		@DefaultValue("500") int parsedTemplates) {

}
