package io.waypost.experiment;

import java.util.function.Supplier;

/**
 * A verdict whose sentence is only made when somebody wants to read it.
 *
 * @param decision what to do
 * @param arm what people who are not in the test should get
 * @param sentence why
 */
record Ruling(Decision decision, String arm, Supplier<String> sentence) {

	Verdict verdict() {
		return new Verdict(this.decision, this.arm, this.sentence.get());
	}

}
