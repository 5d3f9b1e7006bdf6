package io.waypost.agent.embed;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

/**
 * Vectors of all-MiniLM-L6-v2 (quantised, ONNX). They are kept in a folder, because the
 * model takes a millisecond or more for each text.
 */
final class TeacherModel {

	static final int DIMENSIONS = 384;

	private final Path texts;

	private final Path vectors;

	private final Map<String, float[]> known = new HashMap<>();

	private final AllMiniLmL6V2QuantizedEmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();

	TeacherModel(Path folder) throws IOException {
		Files.createDirectories(folder);
		this.texts = folder.resolve("texts.txt");
		this.vectors = folder.resolve("vectors.bin");
		if (Files.exists(this.texts)) {
			try (DataInputStream in = new DataInputStream(
					new BufferedInputStream(Files.newInputStream(this.vectors), 1 << 20))) {
				for (String text : Files.readAllLines(this.texts)) {
					this.known.put(text, read(in));
				}
			}
		}
	}

	/** Returns the vectors of texts of one line each. */
	float[][] embed(List<String> asked) throws IOException {
		List<String> missing = new ArrayList<>();
		for (String text : asked) {
			if (!this.known.containsKey(text)) {
				this.known.put(text, embed(text));
				missing.add(text);
			}
		}
		Files.write(this.texts, missing, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
				Files.newOutputStream(this.vectors, StandardOpenOption.CREATE, StandardOpenOption.APPEND)))) {
			for (String text : missing) {
				for (float value : this.known.get(text)) {
					out.writeFloat(value);
				}
			}
		}
		return asked.stream().map(this.known::get).toArray(float[][]::new);
	}

	/** Returns the vector of one text from the model. */
	float[] embed(String text) {
		return this.model.embed(text).content().vector();
	}

	private static float[] read(DataInputStream in) throws IOException {
		float[] vector = new float[DIMENSIONS];
		for (int at = 0; at < DIMENSIONS; at++) {
			vector[at] = in.readFloat();
		}
		return vector;
	}

}
