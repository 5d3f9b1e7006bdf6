package io.waypost.sample;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

/** Draws product pictures, so that the sample works without a network. */
final class ProductImageRenderer {

	private static final int SIZE = 400;

	private final Map<String, List<Outline>> glyphs;

	ProductImageRenderer() {
		this.glyphs = read().stream().collect(Collectors.groupingBy(Outline::glyph));
	}

	/**
	 * Draws the picture of a product.
	 * @param product the product
	 * @return a PNG of 400 x 400 pixels
	 */
	byte[] draw(SampleCatalogue.SampleProduct product) {
		BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		float hue = product.hue() / 360f;
		backdrop(graphics, hue);
		AffineTransform scale = AffineTransform.getTranslateInstance(SIZE * 0.14, SIZE * 0.12);
		scale.scale(SIZE * 0.0072, SIZE * 0.0072);
		for (Outline outline : this.glyphs.getOrDefault(product.glyph(), List.of())) {
			graphics.setColor(tone(outline.tone(), hue));
			graphics.fill(scale.createTransformedShape(outline.shape()));
		}
		graphics.dispose();
		return png(image);
	}

	private static void backdrop(Graphics2D graphics, float hue) {
		graphics.setPaint(new GradientPaint(0, 0, Color.getHSBColor(hue, 0.05f, 0.98f), SIZE, SIZE,
				Color.getHSBColor(hue + 0.04f, 0.17f, 0.91f)));
		graphics.fillRect(0, 0, SIZE, SIZE);
		graphics.setColor(new Color(20, 30, 25, 26));
		graphics.fill(new Ellipse2D.Double(SIZE * 0.2, SIZE * 0.72, SIZE * 0.6, SIZE * 0.08));
	}

	private static Color tone(char tone, float hue) {
		return switch (tone) {
			case 'a' -> Color.getHSBColor(hue, 0.56f, 0.67f);
			case 'd' -> Color.getHSBColor(hue, 0.45f, 0.30f);
			case 'l' -> Color.getHSBColor(hue + 0.02f, 0.32f, 0.86f);
			default -> new Color(255, 255, 255, 235);
		};
	}

	private static byte[] png(BufferedImage image) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
		try {
			ImageIO.write(image, "png", out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

	private static List<Outline> read() {
		try (BufferedReader in = new BufferedReader(
				new InputStreamReader(SampleResource.open("glyphs.txt"), StandardCharsets.UTF_8))) {
			return in.lines().filter((line) -> !line.startsWith("#")).map(Outline::parse).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A filled part of a silhouette.
	 *
	 * @param glyph name of the silhouette
	 * @param tone tone of its colour
	 * @param shape shape in a field of 100 x 100
	 */
	private record Outline(String glyph, char tone, Shape shape) {

		static Outline parse(String line) {
			List<String> words = List.of(line.split(" ", 3));
			return new Outline(words.get(0), words.get(1).charAt(0), SvgPathParser.parse(words.get(2)));
		}

	}

}
