/**
 * Profile pages: attributes, consents, events, features and messages of one profile.
 */
@NullMarked
package io.waypost.console.profiles;

import org.jspecify.annotations.NullMarked;
