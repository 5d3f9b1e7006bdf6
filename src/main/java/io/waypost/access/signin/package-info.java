/**
 * Sign-in by password and by token, throttling of failed attempts, and the security
 * filter chains.
 */
@NullMarked
package io.waypost.access.signin;

import org.jspecify.annotations.NullMarked;
