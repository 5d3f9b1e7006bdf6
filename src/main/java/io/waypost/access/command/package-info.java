/**
 * The command line {@code java -jar waypost.jar admin …}: the first accounts of an
 * installation without a browser.
 */
@org.springframework.modulith.NamedInterface("command")
@NullMarked
package io.waypost.access.command;

import org.jspecify.annotations.NullMarked;
