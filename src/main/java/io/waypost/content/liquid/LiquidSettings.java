package io.waypost.content.liquid;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of Liquid texts.
 *
 * @param maxTemplateSize maximum size of one text
 * @param maxRenderedSize maximum size of one rendered text
 * @param maxIterations maximum number of iterations of all loops of one text together
 * @param maxRenderTime maximum time for rendering one text. It is elapsed time, so a busy
 * machine may exceed it; the CPU time is limited by the iterations
 * @param cacheSize maximum number of parsed texts in the cache
 */
@ConfigurationProperties("waypost.content")
record LiquidSettings(@DefaultValue("16KB") DataSize maxTemplateSize, @DefaultValue("32KB") DataSize maxRenderedSize,
		@DefaultValue("1000") int maxIterations, @DefaultValue("1s") Duration maxRenderTime,
		@DefaultValue("500") int cacheSize) {

}
