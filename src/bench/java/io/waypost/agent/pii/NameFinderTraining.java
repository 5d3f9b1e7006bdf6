package io.waypost.agent.pii;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import opennlp.tools.namefind.BioCodec;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.util.ObjectStream;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/**
 * Trains the model of {@link NameRecognizer} on generated sentences. Run its main method
 * in the project's folder; it takes about a minute, prints what it does, and writes
 * {@code src/main/resources/pii/names.bin}. The same inputs and seed give the same model.
 */
final class NameFinderTraining {

	private static final int SENTENCES = Integer.getInteger("training.sentences", 32_000);

	private static final int ITERATIONS = Integer.getInteger("training.iterations", 60);

	private static final int CUTOFF = Integer.getInteger("training.cutoff", 3);

	private static final long SEED = 20261130L;

	private static final Path MODEL = Path.of("src/main/resources/pii/names.bin");

	private static final String FEATURES = """
			<featureGenerators cache="true" name="names">
			  <generator class="opennlp.tools.util.featuregen.WindowFeatureGeneratorFactory">
			    <int name="prevLength">2</int><int name="nextLength">2</int>
			    <generator class="opennlp.tools.util.featuregen.TokenClassFeatureGeneratorFactory">
			      <bool name="wordAndClass">false</bool>
			    </generator>
			  </generator>
			  <generator class="opennlp.tools.util.featuregen.WindowFeatureGeneratorFactory">
			    <int name="prevLength">2</int><int name="nextLength">2</int>
			    <generator class="opennlp.tools.util.featuregen.TokenFeatureGeneratorFactory"/>
			  </generator>
			  <generator class="opennlp.tools.util.featuregen.PrefixFeatureGeneratorFactory">
			    <int name="length">4</int>
			  </generator>
			  <generator class="opennlp.tools.util.featuregen.SuffixFeatureGeneratorFactory">
			    <int name="length">4</int>
			  </generator>
			  <generator class="opennlp.tools.util.featuregen.WindowFeatureGeneratorFactory">
			    <int name="prevLength">1</int><int name="nextLength">1</int>
			    <generator class="opennlp.tools.util.featuregen.SuffixFeatureGeneratorFactory">
			      <int name="length">3</int>
			    </generator>
			  </generator>
			  <generator class="opennlp.tools.util.featuregen.BigramNameFeatureGeneratorFactory"/>
			  <generator class="opennlp.tools.util.featuregen.SentenceFeatureGeneratorFactory">
			    <bool name="begin">true</bool><bool name="end">false</bool>
			  </generator>
			</featureGenerators>
			""";

	private NameFinderTraining() {
	}

	/** Trains and writes the model. */
	public static void main(String[] args) throws IOException {
		SentenceGenerator sentences = new SentenceGenerator(Path.of("src/bench/names"), new Random(SEED));
		List<NameSample> samples = new ArrayList<>();
		for (int i = 0; i < SENTENCES; i++) {
			samples.addAll(sentences.next());
		}
		System.out.printf("%,d generated sentences, for example %s%n", samples.size(), samples.get(17));
		TrainingParameters parameters = new TrainingParameters(Map.of(TrainingParameters.ALGORITHM_PARAM,
				System.getProperty("training.algorithm", "PERCEPTRON"), TrainingParameters.ITERATIONS_PARAM,
				ITERATIONS, TrainingParameters.CUTOFF_PARAM, CUTOFF));
		TokenNameFinderModel model = train(samples, parameters);
		Files.createDirectories(MODEL.getParent());
		try (OutputStream file = Files.newOutputStream(MODEL)) {
			model.serialize(file);
		}
		System.out.printf("%s has %,d bytes%n", MODEL, Files.size(MODEL));
	}

	private static TokenNameFinderModel train(List<NameSample> samples, TrainingParameters parameters)
			throws IOException {
		TokenNameFinderFactory factory = new TokenNameFinderFactory(FEATURES.getBytes(StandardCharsets.UTF_8), Map.of(),
				new BioCodec());
		try (ObjectStream<NameSample> stream = ObjectStreamUtils.createObjectStream(samples)) {
			return NameFinderME.train("x-unspecified", null, stream, parameters, factory);
		}
	}

}
