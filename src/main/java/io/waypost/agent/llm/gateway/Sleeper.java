package io.waypost.agent.llm.gateway;

import java.time.Duration;

/** Waits between attempts. Tests replace it. */
@FunctionalInterface
interface Sleeper {

	void sleep(Duration wait) throws InterruptedException;

}
