package io.waypost.content;

import java.time.Instant;

/** A version of a brand kit as the API lists it. */
record BrandVersion(String key, BrandKit kit, boolean live, Instant createdAt) {

}
