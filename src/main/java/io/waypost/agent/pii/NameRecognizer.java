package io.waypost.agent.pii;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.util.Span;

/**
 * Finds names of people, places and organisations, postal addresses and professions with
 * a trained model. The model is read on first use.
 */
final class NameRecognizer implements PersonalDataRecognizer {

	/** Resource with the model, made by {@code NameFinderTraining}. */
	static final String MODEL = "/pii/names.bin";

	/** The model has no probabilities; structured values are more certain. */
	private static final double SCORE = 0.45;

	@Override
	public void find(ScannedText text, List<PersonalDataEntity> found) {
		// A finder holds the state of one text and is cheap; the model is shared
		NameFinderME finder = new NameFinderME(Loaded.MODEL);
		for (NameTokens tokens : NameTokens.of(text.text())) {
			Span[] spans = finder.find(tokens.words());
			for (Span span : spans) {
				found.add(new PersonalDataEntity(PersonalDataType.valueOf(span.getType().toUpperCase(Locale.ROOT)),
						tokens.starts()[span.getStart()], tokens.ends()[span.getEnd() - 1], SCORE));
			}
		}
	}

	private static final class Loaded {

		private static final TokenNameFinderModel MODEL = read();

		private static TokenNameFinderModel read() {
			try (InputStream model = NameRecognizer.class.getResourceAsStream(NameRecognizer.MODEL)) {
				if (model == null) {
					throw new IllegalStateException(
							"The model %s is missing; run NameFinderTraining".formatted(NameRecognizer.MODEL));
				}
				return new TokenNameFinderModel(model);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Cannot read the model " + NameRecognizer.MODEL, ex);
			}
		}

	}

}
