package io.waypost.content.liquid;

import java.time.Duration;

import io.waypost.content.liquid.value.RenderLimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of Liquid texts.
 *
 * @param maxTemplateSize maximum size of one text
 * @param maxRenderedSize maximum size of one rendered text
 * @param maxMemory maximum size of all intermediate values of one render together, in
 * characters; a list element counts as four
 * @param maxIterations maximum number of iterations of all loops of one text together
 * @param maxSteps maximum number of steps of one render: nodes, filters, list elements
 * and 64 characters each that a filter reads
 * @param maxRenderTime maximum time for rendering one text. It is elapsed time, so a busy
 * machine may exceed it; the CPU time is limited by the steps
 * @param maxConcurrentPreviews maximum number of previews and of renders by API that run
 * at the same time; another one is refused after half a second
 * @param cacheSize maximum number of parsed texts in the cache
 */
@ConfigurationProperties("waypost.content")
record LiquidSettings(@DefaultValue("16KB") DataSize maxTemplateSize, @DefaultValue("32KB") DataSize maxRenderedSize,
		@DefaultValue("1MB") DataSize maxMemory, @DefaultValue("1000") int maxIterations,
		@DefaultValue("500000") long maxSteps, @DefaultValue("1s") Duration maxRenderTime,
		@DefaultValue("4") int maxConcurrentPreviews, @DefaultValue("500") int cacheSize) {

	RenderLimits limits() {
		return new RenderLimits(Math.toIntExact(this.maxRenderedSize.toBytes()), this.maxMemory.toBytes(),
				this.maxIterations, this.maxSteps, this.maxRenderTime);
	}

}
