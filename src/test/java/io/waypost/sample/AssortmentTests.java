package io.waypost.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AssortmentTests {

	private final Assortment assortment = new Assortment();

	@Test
	void stocksEnoughGoodsToLookLikeAShop() {
		assertThat(this.assortment.all()).hasSizeGreaterThanOrEqualTo(200)
			.extracting(Assortment.Goods::id)
			.doesNotHaveDuplicates();
		assertThat(this.assortment.categories()).hasSize(8);
		assertThat(this.assortment.all()).allSatisfy((goods) -> assertThat(goods.price()).isPositive());
	}

	@Test
	void isTheSameEverywhere() {
		assertThat(new Assortment().all()).isEqualTo(this.assortment.all());
	}

	@Test
	void everyProductHasAPictureOfItsOwn() throws IOException {
		ProductPicture picture = new ProductPicture();
		for (Assortment.Goods goods : this.assortment.all()) {
			BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.draw(goods)));
			assertThat(image.getRGB(200, 210)).as("the silhouette of " + goods.id())
				.isNotEqualTo(image.getRGB(200, 395));
		}
	}

}
