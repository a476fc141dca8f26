@NullMarked
package dev.apg.contract;

import org.jspecify.annotations.NullMarked;
